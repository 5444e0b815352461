using System.Text.Json.Nodes;
using CsCheck;

namespace MlopsOperator.DevCluster.Tests.Patching;

/// <summary>What holds of server-side apply whatever is applied.</summary>
public sealed class ApplyPropertyTests
{
    private const string Path = ModelKind.Path + "/m";

    private static readonly string[] Tags = ["x", "y", "z"];
    private static readonly string[] Steps = ["s1", "s2", "s3"];

    private static readonly Gen<Wish> Wishes = Gen.Select(
        Gen.Bool,
        Gen.Int[1, 3],
        Gen.Int[0, 2].Select(i => Tags[i]).List[0, 3],
        Gen.Select(Gen.Int[0, 2].Select(i => Steps[i]), Gen.Int[0, 2]).List[0, 3],
        (counts, replicas, tags, steps) => new Wish(counts ? replicas : null, [.. tags.Distinct()], [.. steps.DistinctBy(s => s.Item1)]));

    [Fact]
    public Task Applying_twice_is_applying_once() => Wishes.List[1, 4].SampleAsync(
        async wishes =>
        {
            await using var cluster = await ModelKind.StartAsync();
            foreach (var wish in wishes)
            {
                var once = await cluster.ApplyAsAsync("one", Path, wish.Manifest());
                var twice = await cluster.ApplyAsAsync("one", Path, wish.Manifest());
                JsonNode.DeepEquals(once.Body, twice.Body).Should().BeTrue();
            }
        },
        iter: 40);

    [Fact]
    public Task Force_never_conflicts_and_the_applied_values_stand() => Gen.Select(Wishes, Wishes).SampleAsync(
        async (mine, theirs) =>
        {
            await using var cluster = await ModelKind.StartAsync();
            await cluster.ApplyAsAsync("one", Path, mine.Manifest());

            var (status, body) = await cluster.ApplyAsAsync("two", Path, theirs.Manifest(), force: true);

            status.Should().Be(200);
            if (theirs.Replicas is { } replicas)
            {
                ((int?)body["spec"]!["replicas"]).Should().Be(replicas);
            }

            theirs.Tags.Should().BeSubsetOf(Texts(body["spec"]!["tags"]));
        },
        iter: 40);

    [Fact]
    public Task What_nobody_owns_any_more_is_gone_and_what_another_owns_stays() => Gen.Select(Wishes, Wishes).SampleAsync(
        async (mine, theirs) =>
        {
            await using var cluster = await ModelKind.StartAsync();
            await cluster.ApplyAsAsync("two", Path, theirs.Manifest());
            await cluster.ApplyAsAsync("one", Path, mine.Manifest(), force: true);

            var (_, body) = await cluster.ApplyAsAsync("one", Path, new Wish(null, [], []).Manifest());

            Texts(body["spec"]!["tags"]).Should().BeEquivalentTo(theirs.Tags);
            (body["spec"]!["steps"] as JsonArray ?? []).Select(s => (string)s!["name"]!).Should().BeEquivalentTo(theirs.Steps.Select(s => s.Name));
        },
        iter: 40);

    private static IEnumerable<string> Texts(JsonNode? list) => (list as JsonArray ?? []).Select(t => (string)t!);

    private sealed record Wish(int? Replicas, IReadOnlyList<string> Tags, IReadOnlyList<(string Name, int Weight)> Steps)
    {
        public string Manifest()
        {
            var spec = new JsonObject { ["model"] = "income" };
            if (Replicas is { } replicas)
            {
                spec["replicas"] = replicas;
            }

            if (Tags.Count > 0)
            {
                spec["tags"] = new JsonArray([.. Tags.Select(t => JsonValue.Create(t))]);
            }

            if (Steps.Count > 0)
            {
                spec["steps"] = new JsonArray([.. Steps.Select(s => new JsonObject { ["name"] = s.Name, ["weight"] = s.Weight })]);
            }

            return new JsonObject { ["apiVersion"] = "example.com/v1", ["kind"] = "Model", ["metadata"] = new JsonObject { ["name"] = "m" }, ["spec"] = spec }.ToJsonString();
        }
    }
}
