using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Schemas.Generation;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Tests.Schemas.Generation;

/// <summary>What API servers demand of a definition, beyond its being current.</summary>
public sealed partial class SchemaTests
{
    [Theory]
    [MemberData(nameof(GeneratedCrds.Kinds), MemberType = typeof(GeneratedCrds))]
    public void A_schema_is_structural(Type kind)
    {
        foreach (var (path, schema) in GeneratedCrds.Places(kind))
        {
            (schema.Type is not null || schema.IntOrString).Should().BeTrue($"{path} needs a type");
            (schema.Properties.Count > 0 && schema.AdditionalProperties is not null).Should().BeFalse($"{path}: properties exclude additionalProperties");
            (schema.Type is "array").Should().Be(schema.Items is not null && schema.ListType is not null, $"{path}: lists say what they hold and how they are merged");
            schema.Required.Should().BeSubsetOf(schema.Properties.Select(field => field.Key), path);
            if (schema.ListMapKeys is { } keys)
            {
                schema.Items!.Required.Should().Contain(keys, $"{path}: keys must be required");
            }

            (schema.ListType is "set" && schema.Items!.Type is not "string").Should().BeFalse($"{path}: sets hold texts");
        }
    }

    [Theory]
    [MemberData(nameof(GeneratedCrds.Kinds), MemberType = typeof(GeneratedCrds))]
    public void All_that_a_rule_touches_is_bounded(Type kind)
    {
        foreach (var (path, schema) in GeneratedCrds.Places(kind))
        {
            foreach (var rule in schema.Rules)
            {
                rule.Message.Should().NotContain("\n");
                foreach (var (place, unbounded) in Touched(path, schema, [.. Identifier().Matches(rule.Rule).Select(match => match.Groups["name"].Value)]))
                {
                    unbounded.Should().BeFalse($"{place} is read by the rule {rule.Rule} and needs a maximum");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(GeneratedCrds.Kinds), MemberType = typeof(GeneratedCrds))]
    public void All_that_a_user_writes_is_bounded(Type kind)
    {
        // KubernetesClient's own types are bounded by the size of the object alone, as in Kubernetes' own schemas.
        var spec = GeneratedCrds.Schema(kind).Properties.Single(field => field.Key is "spec").Value;
        GeneratedCrds.Below("spec", spec)
            .Where(place => !place.Path.Contains("template", StringComparison.Ordinal) && IsUnbounded(place.Schema))
            .Select(place => place.Path).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(GeneratedCrds.Kinds), MemberType = typeof(GeneratedCrds))]
    public void Every_field_is_explained(Type kind)
    {
        GeneratedCrds.Schema(kind).Description.Should().NotBeNullOrEmpty();
        foreach (var (path, schema) in Ours(GeneratedCrds.Schema(kind), ""))
        {
            schema.Description.Should().NotBeNullOrEmpty(path).And.EndWith(".", path).And.NotContain("<", path);
            if (schema.Default is not null && path is not "status")
            {
                schema.Description.Should().Contain("default", $"kubectl explain does not show the default of {path}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(GeneratedCrds.Kinds), MemberType = typeof(GeneratedCrds))]
    public void A_missing_field_means_the_same_in_the_schema_and_in_CSharp(Type kind)
    {
        foreach (var type in TypesOf(kind))
        {
            var fresh = Activator.CreateInstance(type)!;
            foreach (var property in type.GetProperties().Where(property => property.IsDefined(typeof(DefaultValueAttribute))))
            {
                var expected = property.GetCustomAttribute<DefaultValueAttribute>()!.ToJson();
                var found = JsonSerializer.SerializeToNode(property.GetValue(fresh), property.PropertyType, ApiJson.Options);
                JsonNode.DeepEquals(found, expected).Should().BeTrue($"{type.Name}.{property.Name} begins with {found}, its default is {expected}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(GeneratedCrds.Kinds), MemberType = typeof(GeneratedCrds))]
    public void A_fresh_status_is_one_that_the_schema_takes(Type kind)
    {
        var status = GeneratedCrds.Schema(kind).Properties.Single(field => field.Key is "status").Value;
        status.Required.Should().BeEmpty("the default {observedGeneration: -1} must be valid");
        if (status.Default is not null)
        {
            status.Properties.Should().ContainKey("observedGeneration");
            Manifests.SchemaCheck.Check(status.Default, status).Should().BeEmpty();
        }
    }

    [Fact]
    public void The_same_types_give_the_same_bytes()
    {
        var again = new CrdGenerator(DocComments.Load(Path.ChangeExtension(typeof(CrdGenerator).Assembly.Location, ".xml")));
        foreach (var kind in CustomKinds.All)
        {
            again.Generate(kind).Should().Be(GeneratedCrds.Generator.Generate(kind));
        }
    }

    private static IEnumerable<(string Path, bool IsUnbounded)> Touched(string path, SchemaNode schema, IReadOnlyList<string> names)
    {
        yield return (path, IsUnbounded(schema));
        var named = schema.Properties.Where(field => names.Contains(field.Key, StringComparer.Ordinal)).ToList();

        // A rule that names no field of an object reads all of it.
        var children = (named.Count > 0 ? named : schema.Properties).Select(field => ($"{path}.{field.Key}", field.Value));
        children = schema.Items is { } items ? children.Append(($"{path}[]", items)) : children;
        children = schema.AdditionalProperties is { } values ? children.Append(($"{path}{{}}", values)) : children;

        // The name of an object is bounded by its kind, and metadata has no schema here.
        foreach (var place in children.Where(child => child.Item1 is not ".metadata").SelectMany(child => Touched(child.Item1, child.Item2, names)))
        {
            yield return place;
        }
    }

    private static bool IsUnbounded(SchemaNode schema) => schema.Type switch
    {
        "string" => schema.MaxLength is null && schema.Enum is null && schema.Format is null,
        "array" => schema.MaxItems is null,
        "object" => (schema.AdditionalProperties is not null || schema.PreserveUnknownFields) && schema.MaxProperties is null && schema.Properties.Count == 0,
        _ => false,
    };

    // Fields with a property of this project behind them; those of KubernetesClient's types have no comments.
    private static IEnumerable<(string Path, SchemaNode Schema)> Ours(SchemaNode schema, string path)
    {
        foreach (var (name, field) in schema.Properties.Where(field => field.Key is not "metadata"))
        {
            var below = $"{path}.{name}".TrimStart('.');
            yield return (below, field);
            if (!below.StartsWith("spec.template", StringComparison.Ordinal))
            {
                foreach (var place in Ours(field.Items ?? field, below))
                {
                    yield return place;
                }
            }
        }
    }

    private static HashSet<Type> TypesOf(Type kind)
    {
        var found = new HashSet<Type>();
        var open = new Stack<Type>([kind.GetProperty("Spec")!.PropertyType, kind.GetProperty("Status")!.PropertyType]);
        while (open.TryPop(out var type))
        {
            if (type.IsClass && type.Assembly == typeof(Problem).Assembly && found.Add(type))
            {
                foreach (var property in type.GetProperties())
                {
                    open.Push(property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments()[^1] : property.PropertyType);
                }
            }
        }

        return found;
    }

    [GeneratedRegex(@"\.(?<name>[A-Za-z]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Identifier();
}
