using System.Globalization;
using MlopsOperator.DevCluster.Kinds;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>The query of a list or watch.</summary>
internal sealed record ListOptions(LabelSelector Labels, FieldSelector Fields)
{
    public bool Watch { get; init; }

    public long? Revision { get; init; }

    public string? Match { get; init; }

    public int? Limit { get; init; }

    public string? Continue { get; init; }

    public bool Bookmarks { get; init; }

    public bool? SendInitialEvents { get; init; }

    public TimeSpan? Timeout { get; init; }

    public static ListOptions Parse(ApiRequest request, ResourceKind kind)
    {
        if (request.Option("limit") is { } most && !long.TryParse(most, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
        {
            throw Statuses.BadRequest($"strconv.ParseInt: parsing {FieldError.Quote(most)}: invalid syntax");
        }

        var options = new ListOptions(LabelSelector.Parse(request.Option("labelSelector")), FieldSelector.Parse(request.Option("fieldSelector"), kind))
        {
            Watch = request.Flag("watch"),
            Match = request.Option("resourceVersionMatch"),
            Continue = request.Option("continue"),
            Bookmarks = request.Flag("allowWatchBookmarks"),
            SendInitialEvents = request.Option("sendInitialEvents") is null ? null : request.Flag("sendInitialEvents"),
            Limit = int.TryParse(request.Option("limit"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit) && limit > 0 ? limit : null,
            Timeout = int.TryParse(request.Option("timeoutSeconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? TimeSpan.FromSeconds(seconds) : null,
        };
        options.CheckCombination(request.Option("resourceVersion"));
        return options with { Revision = ParseRevision(request.Option("resourceVersion"), options.Watch) };
    }

    private static long? ParseRevision(string? text, bool watch)
    {
        if (text is null)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision))
        {
            return revision;
        }

        var detail = $"strconv.ParseUint: parsing {FieldError.Quote(text)}: invalid syntax";
        throw watch ? Statuses.Internal($"resourceVersion: Invalid value: {FieldError.Quote(text)}: {detail}")
            : Statuses.BadRequest($"invalid resource version: resourceVersion: Invalid value: {FieldError.Quote(text)}: {detail}");
    }

    private void CheckCombination(string? revision)
    {
        FieldError? error = null;
        if (!Watch && SendInitialEvents is not null && Match is not null && revision is null)
        {
            throw Statuses.Invalid("meta.k8s.io", "ListOptions", "",
            [
                FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided"),
                FieldError.Forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"),
            ]);
        }

        if (Watch)
        {
            if (SendInitialEvents is not null && !string.Equals(Match, "NotOlderThan", StringComparison.Ordinal))
            {
                error = FieldError.Forbidden("resourceVersionMatch", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
            }
            else if (SendInitialEvents is null && Match is not null)
            {
                error = FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
            }
        }
        else if (SendInitialEvents is not null)
        {
            error = FieldError.Forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list");
        }
        else if (Match is not null)
        {
            error = Match is not ("Exact" or "NotOlderThan") ? FieldError.NotSupported("resourceVersionMatch", FieldError.Quote(Match), ["Exact", "NotOlderThan", ""])
                : revision is null ? FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden unless resourceVersion is provided")
                : Continue is not null ? FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch is forbidden when continue is provided")
                : Match is "Exact" && revision is "0" ? FieldError.Forbidden("resourceVersionMatch", "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"") : null;
        }

        if (error is not null)
        {
            throw Statuses.InvalidOption("ListOptions", error);
        }
    }
}
