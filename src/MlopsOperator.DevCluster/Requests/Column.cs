using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>A column of a Table.</summary>
internal sealed record Column(string Name, string Type, Func<JsonObject, DateTimeOffset, JsonNode?> Cell)
{
    public string Format { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>Above 0: only in wide output.</summary>
    public int Priority { get; init; }

    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["type"] = Type,
        ["format"] = Format,
        ["description"] = Description,
        ["priority"] = Priority,
    };
}
