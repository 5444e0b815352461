using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Schemas.Generation;

/// <summary>Makes the structural schema of a C# type: the same for the same types and comments, in declared order.</summary>
/// <param name="comments">Descriptions of the types of this assembly.</param>
internal sealed class SchemaBuilder(DocComments comments)
{
    private readonly NullabilityInfoContext nullability = new();

    /// <summary>Schema of a type.</summary>
    /// <param name="type">Text, number, boolean, time, enum, list, map, free JSON, quantity, or a class of these.</param>
    /// <returns>A new schema.</returns>
    /// <exception cref="NotSupportedException">The type has no structural schema.</exception>
    public SchemaNode Build(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Scalar(type) is { } scalar)
        {
            return scalar;
        }

        if (type == typeof(JsonObject))
        {
            return new SchemaNode { Type = "object", PreserveUnknownFields = true };
        }

        if (ElementOf(type, typeof(IReadOnlyList<>), typeof(IList<>), 0) is { } element)
        {
            return new SchemaNode { Type = "array", ListType = "atomic", Items = Build(element) };
        }

        if (ElementOf(type, typeof(IReadOnlyDictionary<,>), typeof(IDictionary<,>), 1) is { } value)
        {
            return new SchemaNode { Type = "object", AdditionalProperties = Build(value) };
        }

        return type.IsClass && type.Assembly is { } assembly && (assembly == typeof(SchemaBuilder).Assembly || assembly == typeof(V1EnvVar).Assembly)
            ? Object(type)
            : throw new NotSupportedException($"{type.FullName}: found a type without a structural schema; expected a text, number, boolean, time, enum, list, map or record");
    }

    private static SchemaNode? Scalar(Type type)
    {
        if (type.IsEnum)
        {
            // As they are written: the roles of a route are in lower case.
            var names = Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.SerializeToNode(value, type, ApiJson.Options)!.GetValue<string>());
            return new SchemaNode { Type = "string", Enum = [.. names] };
        }

        return type switch
        {
            _ when type == typeof(string) => new SchemaNode { Type = "string" },
            _ when type == typeof(bool) => new SchemaNode { Type = "boolean" },
            _ when type == typeof(int) => new SchemaNode { Type = "integer", Format = "int32" },
            _ when type == typeof(long) => new SchemaNode { Type = "integer", Format = "int64" },
            _ when type == typeof(double) => new SchemaNode { Type = "number", Format = "double" },
            _ when type == typeof(DateTimeOffset) => new SchemaNode { Type = "string", Format = "date-time" },
            _ when type == typeof(IntOrString) => new SchemaNode { IntOrString = true },
            _ when type == typeof(ResourceQuantity) => new SchemaNode { IntOrString = true, Pattern = KubernetesTypes.QuantityPattern },
            _ => null,
        };
    }

    private static Type? ElementOf(Type type, Type first, Type second, int argument) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == first || type.GetGenericTypeDefinition() == second)
            ? type.GetGenericArguments()[argument]
            : null;

    private SchemaNode Object(Type type)
    {
        var schema = new SchemaNode { Type = "object", Description = comments.Of(type) };
        var optional = type.IsDefined(typeof(OptionalFieldsAttribute));
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.MetadataToken))
        {
            var field = Field(property);
            schema.Add(FieldPaths.JsonName(property), field, IsRequired(property, field, optional));
        }

        AddRules(schema, type.GetCustomAttributes<ValidationRuleAttribute>());
        return schema;
    }

    private SchemaNode Field(PropertyInfo property)
    {
        var schema = Build(property.PropertyType);
        schema.Description = comments.Of(property) ?? schema.Description;
        schema.Default = property.GetCustomAttribute<DefaultValueAttribute>()?.ToJson();
        foreach (var attribute in property.GetCustomAttributes<SchemaAttribute>())
        {
            attribute.Apply(attribute.Elements ? Elements(schema, property) : schema);
        }

        var rules = property.GetCustomAttributes<ValidationRuleAttribute>().ToLookup(rule => rule.Elements);
        AddRules(schema, rules[false]);
        if (rules[true].Any())
        {
            AddRules(Elements(schema, property), rules[true]);
        }

        return schema;
    }

    private static SchemaNode Elements(SchemaNode schema, PropertyInfo property) =>
        schema.Items ?? schema.AdditionalProperties
        ?? throw new NotSupportedException($"{property.DeclaringType!.Name}.{property.Name}: found an attribute for elements; expected a list or a map");

    private static void AddRules(SchemaNode schema, IEnumerable<ValidationRuleAttribute> rules) =>
        schema.Rules.AddRange(rules.Select(rule => new RuleNode(rule.Rule, rule.Message, rule.FieldPath, rule.Reason)));

    private bool IsRequired(PropertyInfo property, SchemaNode schema, bool optional)
    {
        if (property.DeclaringType!.Assembly != typeof(SchemaBuilder).Assembly)
        {
            return KubernetesTypes.IsRequired(property);
        }

        return property.IsDefined(typeof(RequiredAttribute))
            || (!optional && schema.Default is null && nullability.Create(property).ReadState == NullabilityState.NotNull);
    }
}
