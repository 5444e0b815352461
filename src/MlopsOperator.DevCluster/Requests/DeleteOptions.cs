using System.Globalization;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>Options of a DELETE, from its body and query.</summary>
internal sealed record DeleteOptions(bool DryRun, string? Propagation, long? GracePeriodSeconds, string? Uid, string? ResourceVersion)
{
    public static DeleteOptions Parse(ApiRequest request)
    {
        var body = request.Body.Length == 0 ? null : JsonBytes.Parse(request.Body) as JsonObject;
        var dryRun = body.List("dryRun") is { Count: > 0 } list ? list[0]!.ToString() : request.Option("dryRun");
        if (dryRun is not null and not "All")
        {
            throw Statuses.InvalidOption("DeleteOptions", FieldError.NotSupported("dryRun", FieldError.Quote(dryRun), ["All"]));
        }

        var propagation = body.Text("propagationPolicy") ?? request.Option("propagationPolicy");
        if (propagation is not (null or "Foreground" or "Background" or "Orphan"))
        {
            throw Statuses.InvalidOption("DeleteOptions", FieldError.NotSupported("propagationPolicy", FieldError.Quote(propagation), ["Foreground", "Background", "Orphan", "nil"]));
        }

        if (propagation is null && (body.Flag("orphanDependents") ?? request.Flag("orphanDependents")))
        {
            propagation = "Orphan";
        }

        var grace = body.Number("gracePeriodSeconds")
            ?? (long.TryParse(request.Option("gracePeriodSeconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null);
        return new DeleteOptions(dryRun is not null, propagation, grace, body.Text("preconditions", "uid"), body.Text("preconditions", "resourceVersion"));
    }

    public void Check(StoredObject live)
    {
        var kind = live.Shared.Text("kind") ?? "";
        string? wrong = null;
        if (!string.IsNullOrEmpty(Uid) && !string.Equals(Uid, live.Uid, StringComparison.Ordinal))
        {
            wrong = $"the UID in the precondition ({Uid}) does not match the UID in record ({live.Uid}). The object might have been deleted and then recreated";
        }
        else if (!string.IsNullOrEmpty(ResourceVersion) && !string.Equals(ResourceVersion, live.Revision.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
        {
            wrong = $"the ResourceVersion in the precondition ({ResourceVersion}) does not match the ResourceVersion in record ({live.Revision.ToString(CultureInfo.InvariantCulture)}). The object might have been modified";
        }

        if (wrong is not null)
        {
            throw new StatusException(new ApiStatus(409, "Conflict", $"Operation cannot be fulfilled on {kind} \"{live.Name}\": {wrong}") { Name = live.Name, Kind = kind });
        }
    }
}
