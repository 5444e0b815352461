using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>The columns of Events of both groups before the name.</summary>
internal static class EventColumns
{
    public static IReadOnlyList<Column> All() =>
    [
        Text("Last Seen", (e, now) => Columns.Age(LastSeen(e), now)),
        Text("Type", e => e.Text("type")),
        Text("Reason", e => e.Text("reason")),
        Text("Object", Subject),
        Wide("Subobject", (e, _) => e.Text("involvedObject", "fieldPath") ?? ""),
        Wide("Source", (e, _) => Source(e)),
        Text("Message", e => e.Text("message")?.Trim()),
        Wide("First Seen", (e, now) => Columns.Age(FirstSeen(e), now)),
        Wide("Count", (e, _) => e.Number("series", "count") ?? e.Number("count") ?? 1),
    ];

    /// <summary>Cells are read from the core kind, whichever group was asked for.</summary>
    private static JsonObject Core(JsonObject shown) => shown.ContainsKey("regarding") ? EventViews.ToCore(shown) : shown;

    private static Column Text(string name, Func<JsonObject, JsonNode?> cell) => new(name, "string", (e, _) => cell(Core(e)));

    private static Column Text(string name, Func<JsonObject, DateTimeOffset, JsonNode?> cell) => new(name, "string", (e, now) => cell(Core(e), now));

    private static Column Wide(string name, Func<JsonObject, DateTimeOffset, JsonNode?> cell) => Text(name, cell) with { Priority = 1 };

    private static string? FirstSeen(JsonObject core) => core.Text("firstTimestamp") ?? core.Text("eventTime");

    private static string? LastSeen(JsonObject core) => core.Text("series", "lastObservedTime") ?? core.Text("lastTimestamp") ?? FirstSeen(core);

    private static JsonNode? Subject(JsonObject core)
    {
        var kind = core.Text("involvedObject", "kind")?.ToLowerInvariant() ?? "";
        return core.Text("involvedObject", "name") is { Length: > 0 } name ? $"{kind}/{name}" : kind;
    }

    private static string Source(JsonObject core)
    {
        var component = FirstOf(core.Text("source", "component"), core.Text("reportingComponent"));
        var instance = FirstOf(core.Text("source", "host"), core.Text("reportingInstance"));
        return instance.Length == 0 ? component : $"{component}, {instance}";
    }

    private static string FirstOf(string? one, string? other) => string.IsNullOrEmpty(one) ? other ?? "" : one;
}
