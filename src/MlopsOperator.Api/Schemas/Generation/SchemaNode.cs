using System.Text.Json.Nodes;

namespace MlopsOperator.Api.Schemas.Generation;

/// <summary>A place of a structural schema (apiextensions.k8s.io/v1 JSONSchemaProps, as far as it is used here).</summary>
internal sealed class SchemaNode
{
    public string? Description { get; set; }

    /// <summary>JSON type; null only for int-or-string.</summary>
    public string? Type { get; set; }

    public string? Format { get; set; }

    public JsonNode? Default { get; set; }

    public IReadOnlyList<string>? Enum { get; set; }

    public string? Pattern { get; set; }

    public int? MinLength { get; set; }

    public int? MaxLength { get; set; }

    public double? Minimum { get; set; }

    public bool ExclusiveMinimum { get; set; }

    public double? Maximum { get; set; }

    public bool ExclusiveMaximum { get; set; }

    public int? MinItems { get; set; }

    public int? MaxItems { get; set; }

    public int? MinProperties { get; set; }

    public int? MaxProperties { get; set; }

    public List<string> Required { get; } = [];

    /// <summary>Fields in declared order.</summary>
    public List<KeyValuePair<string, SchemaNode>> Properties { get; } = [];

    public SchemaNode? Items { get; set; }

    public SchemaNode? AdditionalProperties { get; set; }

    public bool IntOrString { get; set; }

    public bool PreserveUnknownFields { get; set; }

    /// <summary>Of an array: atomic, set or map.</summary>
    public string? ListType { get; set; }

    public IReadOnlyList<string>? ListMapKeys { get; set; }

    public List<RuleNode> Rules { get; } = [];

    /// <summary>Adds a field.</summary>
    public SchemaNode Add(string name, SchemaNode schema, bool required = false)
    {
        Properties.Add(new(name, schema));
        if (required)
        {
            Required.Add(name);
        }

        return this;
    }

    /// <summary>The schema as JSON, keywords in one fixed order.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        Put(json, "description", Description);
        Put(json, "type", Type);
        Put(json, "format", Format);
        if (Default is not null)
        {
            json["default"] = Default.DeepClone();
        }

        if (Enum is not null)
        {
            json["enum"] = Texts(Enum);
        }

        WriteLimits(json);
        WriteChildren(json);
        WriteExtensions(json);
        return json;
    }

    private static void Put(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    // Whole numbers are written without a decimal point, as minimum of an integer field must be.
    private static JsonNode? Number(double? value) =>
        value is not { } number ? null : number == Math.Truncate(number) && Math.Abs(number) < 1e15 ? (long)number : number;

    private void WriteLimits(JsonObject json)
    {
        Put(json, "pattern", Pattern);
        Put(json, "minLength", MinLength);
        Put(json, "maxLength", MaxLength);
        Put(json, "minimum", Number(Minimum));
        Put(json, "exclusiveMinimum", ExclusiveMinimum ? true : null);
        Put(json, "maximum", Number(Maximum));
        Put(json, "exclusiveMaximum", ExclusiveMaximum ? true : null);
        Put(json, "minItems", MinItems);
        Put(json, "maxItems", MaxItems);
        Put(json, "minProperties", MinProperties);
        Put(json, "maxProperties", MaxProperties);
    }

    private void WriteChildren(JsonObject json)
    {
        if (Required.Count > 0)
        {
            json["required"] = Texts(Required);
        }

        if (Properties.Count > 0)
        {
            var properties = new JsonObject();
            foreach (var (name, schema) in Properties)
            {
                properties[name] = schema.ToJson();
            }

            json["properties"] = properties;
        }

        Put(json, "items", Items?.ToJson());
        Put(json, "additionalProperties", AdditionalProperties?.ToJson());
    }

    private void WriteExtensions(JsonObject json)
    {
        if (IntOrString)
        {
            json["anyOf"] = new JsonArray(new JsonObject { ["type"] = "integer" }, new JsonObject { ["type"] = "string" });
            json["x-kubernetes-int-or-string"] = true;
        }

        Put(json, "x-kubernetes-preserve-unknown-fields", PreserveUnknownFields ? true : null);
        Put(json, "x-kubernetes-list-type", ListType);
        if (ListMapKeys is not null)
        {
            json["x-kubernetes-list-map-keys"] = Texts(ListMapKeys);
        }

        if (Rules.Count > 0)
        {
            json["x-kubernetes-validations"] = new JsonArray([.. Rules.Select(RuleJson)]);
        }
    }

    private static JsonObject RuleJson(RuleNode rule)
    {
        var json = new JsonObject { ["rule"] = rule.Rule, ["message"] = rule.Message };
        Put(json, "fieldPath", rule.FieldPath);
        Put(json, "reason", rule.Reason);
        return json;
    }
}
