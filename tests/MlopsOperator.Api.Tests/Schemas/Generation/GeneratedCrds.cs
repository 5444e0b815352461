using System.Collections.Concurrent;
using MlopsOperator.Api.Schemas.Generation;

namespace MlopsOperator.Api.Tests.Schemas.Generation;

/// <summary>The generator with the comments of the assembly under test.</summary>
internal static class GeneratedCrds
{
    private static readonly ConcurrentDictionary<Type, SchemaNode> Schemas = new();

    public static CrdGenerator Generator { get; } = new(DocComments.Load(Path.ChangeExtension(typeof(CrdGenerator).Assembly.Location, ".xml")));

    public static TheoryData<Type> Kinds { get; } = [.. CustomKinds.All];

    public static SchemaNode Schema(Type kind) => Schemas.GetOrAdd(kind, Generator.Schema);

    /// <summary>All places of a kind's schema with their paths; elements of lists as [], values of maps as {}.</summary>
    public static IEnumerable<(string Path, SchemaNode Schema)> Places(Type kind) => Below("", Schema(kind));

    public static IEnumerable<(string Path, SchemaNode Schema)> Below(string path, SchemaNode schema)
    {
        yield return (path, schema);
        var children = schema.Properties.Select(field => ($"{path}.{field.Key}".TrimStart('.'), field.Value));
        if (schema.Items is { } items)
        {
            children = children.Append(($"{path}[]", items));
        }

        if (schema.AdditionalProperties is { } values)
        {
            children = children.Append(($"{path}{{}}", values));
        }

        foreach (var place in children.SelectMany(child => Below(child.Item1, child.Item2)))
        {
            yield return place;
        }
    }
}
