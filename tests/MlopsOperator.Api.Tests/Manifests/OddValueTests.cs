using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlopsOperator.Api.Tests.Manifests;

/// <summary>One bad object harms only itself: whatever stands in a field, the rules answer.</summary>
public sealed class OddValueTests
{
    private static readonly string[] OddValues =
        ["null", "\"\"", "\"a\\u0000b\"", "-1", "0.5", "1e300", "99999999999999999999", "true", "[]", "[null]", "{}", "{\"a\":null}", "[[[[1]]]]"];

    [Theory]
    [InlineData("ModelVersion/complete")]
    [InlineData("ModelVersion/several-rows-nested")]
    [InlineData("ClusterModelRuntime/complete")]
    [InlineData("ModelDeployment/complete")]
    [InlineData("RolloutStrategy/complete")]
    [InlineData("ModelRollout/from-stable")]
    [InlineData("GatewayRoute/two-backends")]
    public async Task The_rules_never_throw_anything_but_that_a_manifest_cannot_be_read(string name)
    {
        var good = (await ManifestCase.ReadAsync(name, TestContext.Current.CancellationToken)).Manifest;
        foreach (var path in PathsOf(good, []).Where(path => path.Count > 0 && path[0] is "spec"))
        {
            foreach (var odd in OddValues)
            {
                var manifest = (JsonObject)good.DeepClone();
                Replace(manifest, path, JsonNode.Parse(odd));
                var check = () =>
                {
                    try
                    {
                        return KindRules.Check(manifest).Select(problem => problem.ToString()).ToList();
                    }
                    catch (JsonException)
                    {
                        return [];
                    }
                };
                check.Should().NotThrow($"{string.Join('.', path)} is {odd}");
            }
        }
    }

    private static IEnumerable<IReadOnlyList<object>> PathsOf(JsonNode? node, IReadOnlyList<object> path)
    {
        yield return path;
        var children = node switch
        {
            JsonObject map => map.Select(entry => (Key: (object)entry.Key, entry.Value)),
            JsonArray list => list.Select((item, index) => (Key: (object)index, Value: item)),
            _ => [],
        };
        foreach (var below in children.SelectMany(child => PathsOf(child.Value, [.. path, child.Key])))
        {
            yield return below;
        }
    }

    private static void Replace(JsonNode root, IReadOnlyList<object> path, JsonNode? value)
    {
        var parent = path.SkipLast(1).Aggregate(root, (node, key) => key is int index ? node[index]! : node[(string)key]!);
        if (path[^1] is int last)
        {
            parent[last] = value;
        }
        else
        {
            parent[(string)path[^1]] = value;
        }
    }
}
