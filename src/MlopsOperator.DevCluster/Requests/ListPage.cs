using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>A list, or a chunk of one.</summary>
internal sealed record ListPage(IReadOnlyList<StoredObject> Items, long Revision, string? Continue, long? Remaining)
{
    public static ListPage Read(ObjectStore store, ResourceTarget target, ListOptions options)
    {
        var (revision, all) = store.List(target.Kind.Storage, target.Namespace);
        var after = "";
        if (options.Continue is { } token)
        {
            (revision, after) = ParseToken(token);
            if (options.Revision is > 0)
            {
                throw Statuses.BadRequest("specifying resource version is not allowed when using continue");
            }

            if (revision < store.Kind(target.Kind.Storage).Compacted)
            {
                throw Statuses.Gone("The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.");
            }
        }

        var matching = all.Where(stored => string.CompareOrdinal(stored.Key, after) > 0 && options.Labels.Matches(stored.Shared) && options.Fields.Matches(stored.Shared)).ToList();
        var limit = options.Revision == 0 ? null : options.Limit;
        if (limit is not { } most || matching.Count <= most)
        {
            return new ListPage(matching, revision, null, null);
        }

        var items = matching.Take(most).ToList();
        long? remaining = options.Labels.IsEverything && options.Fields.IsEverything ? matching.Count - most : null;
        return new ListPage(items, revision, Token(revision, items[^1].Key), remaining);
    }

    public JsonObject ToJson(ResourceKind kind, IEnumerable<JsonObject> items)
    {
        var metadata = new JsonObject();
        if (Continue is not null || kind.Custom is not null)
        {
            metadata["continue"] = Continue ?? "";
        }

        if (Remaining is { } remaining)
        {
            metadata["remainingItemCount"] = remaining;
        }

        metadata["resourceVersion"] = Revision.ToString(CultureInfo.InvariantCulture);
        var list = new JsonArray();
        foreach (var item in items)
        {
            if (kind.Custom is null)
            {
                item.Remove("kind");
                item.Remove("apiVersion");
            }

            list.Add(item);
        }

        return new JsonObject { ["kind"] = kind.ListKind, ["apiVersion"] = kind.ApiVersion, ["metadata"] = metadata, ["items"] = list };
    }

    private static string Token(long revision, string key) =>
        Convert.ToBase64String(JsonBytes.Write(new JsonObject { ["v"] = "meta.k8s.io/v1", ["rv"] = revision, ["start"] = key + "\0" })).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static (long Revision, string After) ParseToken(string token)
    {
        try
        {
            var padded = token.Replace('-', '+').Replace('_', '/').PadRight((token.Length + 3) / 4 * 4, '=');
            var json = JsonBytes.ParseObject(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Convert.FromBase64String(padded))));
            return (json.Number("rv") ?? 0, json.Text("start")?.TrimEnd('\0') ?? "");
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw Statuses.BadRequest($"continue key is not valid: {e.Message}");
        }
    }
}
