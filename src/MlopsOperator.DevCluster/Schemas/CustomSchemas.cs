using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Schemas;

/// <summary>Reads structural schemas.</summary>
internal static class CustomSchemas
{
    private static readonly Schema Metadata = BuiltInSchemas.Of(typeof(V1ObjectMeta));

    /// <summary>The schema of a whole object: kind, apiVersion and metadata are always known.</summary>
    public static Schema ReadRoot(JsonObject? openApi)
    {
        var root = openApi is null ? new Schema { PreservesUnknownFields = true } : Read(openApi);
        root.Type = SchemaType.Object;
        AddObjectMembers(root);
        return root;
    }

    public static Schema Read(JsonObject json)
    {
        var schema = new Schema
        {
            Type = TypeOf(json),
            Format = json.Text("format"),
            Nullable = json.Flag("nullable") ?? false,
            PreservesUnknownFields = json.Flag("x-kubernetes-preserve-unknown-fields") ?? false,
            EmbeddedResource = json.Flag("x-kubernetes-embedded-resource") ?? false,
            Default = json["default"]?.DeepClone(),
            AtomicMap = json.Text("x-kubernetes-map-type") is "atomic",
            ListKind = json.Text("x-kubernetes-list-type") switch { "map" => ListKind.Map, "set" => ListKind.Set, _ => ListKind.Atomic },
            ListMapKeys = [.. json.List("x-kubernetes-list-map-keys")?.Select(k => k!.ToString()) ?? []],
            Items = json.Map("items") is { } items ? Read(items) : null,
            AdditionalProperties = json["additionalProperties"] is JsonObject additional ? Read(additional)
                : json.Flag("additionalProperties") is true ? Schema.Anything : null,
            Constraints = Constraints(json),
        };
        if (json.Map("properties") is { } properties)
        {
            schema.Properties = properties.ToDictionary(p => p.Key, p => Read((JsonObject)p.Value!), StringComparer.Ordinal);
        }

        if (schema.EmbeddedResource)
        {
            AddObjectMembers(schema);
        }

        return schema;
    }

    private static void AddObjectMembers(Schema schema)
    {
        schema.Properties ??= new(StringComparer.Ordinal);
        schema.Properties["apiVersion"] = new Schema { Type = SchemaType.String };
        schema.Properties["kind"] = new Schema { Type = SchemaType.String };
        schema.Properties["metadata"] = Metadata;
    }

    private static SchemaType TypeOf(JsonObject json)
    {
        if (json.Flag("x-kubernetes-int-or-string") is true)
        {
            return SchemaType.IntOrString;
        }

        return json.Text("type") switch
        {
            "object" => SchemaType.Object,
            "array" => SchemaType.Array,
            "string" => SchemaType.String,
            "integer" => SchemaType.Integer,
            "number" => SchemaType.Number,
            "boolean" => SchemaType.Boolean,
            _ => SchemaType.Any,
        };
    }

    private static Constraints Constraints(JsonObject json) => new()
    {
        Required = [.. json.List("required")?.Select(r => r!.ToString()) ?? []],
        Enum = json.List("enum") is { } values ? [.. values] : null,
        Pattern = json.Text("pattern"),
        MinLength = json.Number("minLength"),
        MaxLength = json.Number("maxLength"),
        Minimum = NumberNode(json["minimum"]),
        Maximum = NumberNode(json["maximum"]),
        ExclusiveMinimum = json.Flag("exclusiveMinimum") ?? false,
        ExclusiveMaximum = json.Flag("exclusiveMaximum") ?? false,
        MultipleOf = json["multipleOf"]?.GetValueKind() == JsonValueKind.Number ? json["multipleOf"]!.GetValue<double>() : null,
        MinItems = json.Number("minItems"),
        MaxItems = json.Number("maxItems"),
        UniqueItems = json.Flag("uniqueItems") ?? false,
        MinProperties = json.Number("minProperties"),
        MaxProperties = json.Number("maxProperties"),
        AllOf = Branches(json, "allOf"),
        AnyOf = Branches(json, "anyOf"),
        OneOf = Branches(json, "oneOf"),
        Not = json.Map("not") is { } not ? Read(not) : null,
        Rules = [.. json.List("x-kubernetes-validations")?.OfType<JsonObject>().Select(Rule) ?? []],
    };

    private static JsonNode? NumberNode(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number ? node.DeepClone() : null;

    private static List<Schema> Branches(JsonObject json, string name) => [.. json.List(name)?.OfType<JsonObject>().Select(Read) ?? []];

    private static ValidationRule Rule(JsonObject rule) =>
        new(rule.Text("rule") ?? "", rule.Text("message"), rule.Text("messageExpression"), rule.Text("reason"), rule.Text("fieldPath"));
}
