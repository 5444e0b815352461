using System.Reflection;
using System.Text.Json.Nodes;
using k8s.Models;
using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Schemas.Generation;

/// <summary>Makes CustomResourceDefinitions of the resource types. Pure: the same types and comments give the same bytes.</summary>
/// <param name="comments">Descriptions.</param>
internal sealed class CrdGenerator(DocComments comments)
{
    private readonly SchemaBuilder builder = new(comments);

    /// <summary>Name of the file of a kind's definition: <c>modelversions.yaml</c>.</summary>
    public static string FileName(Type kind) => Entity(kind).PluralName + ".yaml";

    /// <summary>The definition of a kind as YAML.</summary>
    /// <param name="kind">A resource type with <see cref="KubernetesEntityAttribute"/>.</param>
    /// <returns>One document with a comment on top, lines end with LF.</returns>
    public string Generate(Type kind) =>
        $"# Generated from {kind.FullName}; do not edit. To rewrite it: UPDATE_CRDS=1 dotnet run --project tests/MlopsOperator.Api.Tests\n"
        + YamlWriter.Write(Definition(kind));

    /// <summary>The definition of a kind as JSON.</summary>
    /// <param name="kind">A resource type with <see cref="KubernetesEntityAttribute"/>.</param>
    /// <returns>An apiextensions.k8s.io/v1 CustomResourceDefinition.</returns>
    public JsonObject Definition(Type kind)
    {
        var entity = Entity(kind);
        return new JsonObject
        {
            ["apiVersion"] = "apiextensions.k8s.io/v1",
            ["kind"] = "CustomResourceDefinition",
            ["metadata"] = new JsonObject { ["name"] = $"{entity.PluralName}.{entity.Group}" },
            ["spec"] = new JsonObject
            {
                ["group"] = entity.Group,
                ["scope"] = kind.IsDefined(typeof(ClusterScopedAttribute)) ? "Cluster" : "Namespaced",
                ["names"] = Names(kind, entity),
                ["versions"] = new JsonArray(Version(kind, entity)),
            },
        };
    }

    /// <summary>The schema of a kind.</summary>
    /// <param name="kind">A resource type.</param>
    /// <returns>Schema of the whole object.</returns>
    public SchemaNode Schema(Type kind)
    {
        var spec = builder.Build(kind.GetProperty("Spec")!.PropertyType);
        var status = builder.Build(kind.GetProperty("Status")!.PropertyType);
        if (kind.GetProperty("Status")!.PropertyType.IsDefined(typeof(AwaitedStatusAttribute)))
        {
            status.Default = new JsonObject { ["observedGeneration"] = -1 };
        }

        var root = new SchemaNode { Type = "object", Description = comments.Of(kind) }
            .Add("apiVersion", new SchemaNode { Type = "string", Description = $"{ApiGroup.GroupVersion}." })
            .Add("kind", new SchemaNode { Type = "string", Description = $"{Entity(kind).Kind}." })
            .Add("metadata", new SchemaNode { Type = "object" })
            .Add("spec", spec, required: true)
            .Add("status", status);
        root.Rules.AddRange(kind.GetCustomAttributes<ValidationRuleAttribute>().Select(rule => new RuleNode(rule.Rule, rule.Message, rule.FieldPath, rule.Reason)));
        return root;
    }

    private static KubernetesEntityAttribute Entity(Type kind) =>
        kind.GetCustomAttribute<KubernetesEntityAttribute>() ?? throw new ArgumentException($"{kind.FullName}: expected a type with [KubernetesEntity]");

    private static JsonObject Names(Type kind, KubernetesEntityAttribute entity)
    {
        var names = new JsonObject
        {
            ["kind"] = entity.Kind,
            ["listKind"] = entity.Kind + "List",
            ["plural"] = entity.PluralName,
            ["singular"] = entity.Kind.ToLowerInvariant(),
        };
        if (kind.GetCustomAttribute<ShortNamesAttribute>() is { } shortNames)
        {
            names["shortNames"] = new JsonArray([.. shortNames.Names.Select(name => (JsonNode)name)]);
        }

        names["categories"] = new JsonArray(ApiGroup.Category);
        return names;
    }

    private static JsonArray Columns(Type kind) =>
    [
        .. kind.GetCustomAttributes<PrinterColumnAttribute>().Select(column =>
        {
            var json = new JsonObject { ["name"] = column.Name, ["type"] = column.Type, ["jsonPath"] = column.JsonPath };
            if (column.Wide)
            {
                json["priority"] = 1;
            }

            return (JsonNode)json;
        }),

        // A CRD that lists columns loses the age unless it lists that too.
        new JsonObject { ["name"] = "Age", ["type"] = "date", ["jsonPath"] = ".metadata.creationTimestamp" },
    ];

    private static JsonObject Subresources(Type kind)
    {
        var subresources = new JsonObject { ["status"] = new JsonObject() };
        if (kind.GetCustomAttribute<ScaleSubresourceAttribute>() is { } scale)
        {
            subresources["scale"] = new JsonObject
            {
                ["specReplicasPath"] = scale.SpecReplicasPath,
                ["statusReplicasPath"] = scale.StatusReplicasPath,
                ["labelSelectorPath"] = scale.LabelSelectorPath,
            };
        }

        return subresources;
    }

    private JsonObject Version(Type kind, KubernetesEntityAttribute entity) => new()
    {
        ["name"] = entity.ApiVersion,
        ["served"] = true,
        ["storage"] = true,
        ["subresources"] = Subresources(kind),
        ["additionalPrinterColumns"] = Columns(kind),
        ["schema"] = new JsonObject { ["openAPIV3Schema"] = Schema(kind).ToJson() },
    };
}
