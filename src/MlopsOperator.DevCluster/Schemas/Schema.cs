using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Schemas;

/// <summary>
/// The shape of a value: from a CustomResourceDefinition, or from the client's classes for built-in kinds. Nodes may refer to themselves.
/// </summary>
internal sealed class Schema
{
    /// <summary>Anything at all; maps merge, lists are atomic.</summary>
    public static readonly Schema Anything = new() { Type = SchemaType.Any, PreservesUnknownFields = true };

    public SchemaType Type { get; set; } = SchemaType.Any;

    public Dictionary<string, Schema>? Properties { get; set; }

    public Schema? AdditionalProperties { get; set; }

    public Schema? Items { get; set; }

    public bool PreservesUnknownFields { get; set; }

    public bool EmbeddedResource { get; set; }

    public bool Nullable { get; set; }

    public JsonNode? Default { get; set; }

    public ListKind ListKind { get; set; } = ListKind.Atomic;

    public IReadOnlyList<string> ListMapKeys { get; set; } = [];

    /// <summary>Key values of elements that leave them out (protocol of ports).</summary>
    public IReadOnlyDictionary<string, string> ListMapDefaults { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether the map is owned as a whole.</summary>
    public bool AtomicMap { get; set; }

    public string? Format { get; set; }

    /// <summary>What the value must satisfy; null for built-in kinds.</summary>
    public Constraints? Constraints { get; set; }

    /// <summary>The schema of a member, or null if it is not declared.</summary>
    public Schema? Field(string name)
    {
        if (Properties is not null && Properties.TryGetValue(name, out var declared))
        {
            return declared;
        }

        return AdditionalProperties ?? (PreservesUnknownFields ? Anything : null);
    }

    public bool Declares(string name) => Properties?.ContainsKey(name) ?? false;
}
