using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

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

    [Fact]
    public Task A_manager_owns_what_it_applied_and_nothing_else() => Gen.Select(Wishes.List[1, 3], Wishes).SampleAsync(
        async (before, wish) =>
        {
            await using var cluster = await ModelKind.StartAsync();
            await cluster.ApplyAsAsync("other", Path, new Wish(7, ["x"], [("s1", 9)]).Manifest());
            foreach (var earlier in before)
            {
                await cluster.ApplyAsAsync("one", Path, earlier.Manifest(), force: true);
            }

            var (_, body) = await cluster.ApplyAsAsync("one", Path, wish.Manifest(), force: true);

            Owned(body, "one").Should().BeEquivalentTo(wish.Paths());
        },
        iter: 40);

    [Fact]
    public Task Managers_of_different_fields_come_to_the_same_in_any_order() => Gen.Select(Wishes, Gen.Shuffle(new[] { 0, 1, 2 })).SampleAsync(
        async (wish, order) =>
        {
            // Three managers with a part of the wish each, and in common only what an object cannot be without.
            Wish[] parts = [wish with { Tags = [], Steps = [] }, wish with { Replicas = null, Steps = [] }, wish with { Replicas = null, Tags = [] }];
            var inOrder = await ApplyPartsAsync(parts, [0, 1, 2]);
            var shuffled = await ApplyPartsAsync(parts, order);

            JsonNode.DeepEquals(shuffled, inOrder).Should().BeTrue("{0} is to be as {1}", shuffled.ToJsonString(), inOrder.ToJsonString());
        },
        iter: 40);

    [Fact]
    public Task A_conflict_names_what_another_owns_with_another_value_and_nothing_else() => Gen.Select(Wishes, Wishes).SampleAsync(
        async (mine, theirs) =>
        {
            await using var cluster = await ModelKind.StartAsync();
            await cluster.ApplyAsAsync("two", Path, theirs.Manifest());
            var contested = theirs.Values().Where(value => mine.Values().Any(other => string.Equals(other.Path, value.Path, StringComparison.Ordinal) && other.Value != value.Value))
                .Select(value => value.Path).ToList();

            var (status, body) = await cluster.ApplyAsAsync("one", Path, mine.Manifest());

            status.Should().Be(contested.Count == 0 ? 200 : 409);
            var causes = status == 200 ? [] : body["details"]!["causes"]!.AsArray().Select(cause => ((string)cause!["message"]!, (string)cause["field"]!)).ToList();
            causes.Should().BeEquivalentTo(contested.Select(path => ("conflict with \"two\"", path)));
        },
        iter: 60);

    private static async Task<JsonNode> ApplyPartsAsync(IReadOnlyList<Wish> parts, IReadOnlyList<int> order)
    {
        await using var cluster = await ModelKind.StartAsync(o => o.Time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        JsonNode? last = null;
        foreach (var part in order)
        {
            (var status, last) = await cluster.ApplyAsAsync(FormattableString.Invariant($"manager-{part}"), Path, parts[part].Manifest());
            status.Should().BeOneOf(200, 201);
        }

        foreach (var varying in new[] { "uid", "resourceVersion", "generation" })
        {
            last!["metadata"]!.AsObject().Remove(varying);
        }

        // Who changes nothing leaves no time, and who that is depends on the order.
        var entries = last!["metadata"]!["managedFields"]!.AsArray().Select(entry => entry!.DeepClone().AsObject()).OrderBy(entry => (string)entry["manager"]!, StringComparer.Ordinal).ToList();
        entries.ForEach(entry => entry.Remove("time"));
        last["metadata"]!["managedFields"] = new JsonArray([.. entries]);
        return last;
    }

    /// <summary>The fields below spec that a manager owns, as managedFields names them, joined by a slash.</summary>
    private static IEnumerable<string> Owned(JsonNode body, string manager)
    {
        var entry = body["metadata"]!["managedFields"]!.AsArray().Single(e => string.Equals((string?)e!["manager"], manager, StringComparison.Ordinal))!;
        return Leaves(entry["fieldsV1"]!.AsObject(), "");

        static IEnumerable<string> Leaves(JsonObject fields, string path) => fields.SelectMany(field =>
            string.Equals(field.Key, ".", StringComparison.Ordinal) || field.Value!.AsObject().Count == 0 ? [$"{path}/{field.Key}"] : Leaves(field.Value!.AsObject(), $"{path}/{field.Key}"));
    }

    private static IEnumerable<string> Texts(JsonNode? list) => (list as JsonArray ?? []).Select(t => (string)t!);

    private sealed record Wish(int? Replicas, IReadOnlyList<string> Tags, IReadOnlyList<(string Name, int Weight)> Steps)
    {
        /// <summary>What its applier is to own, as managedFields names it.</summary>
        public IEnumerable<string> Paths()
        {
            IEnumerable<string> steps = Steps.SelectMany(step => new[] { ".", "f:name", "f:weight" }.Select(field => $"/f:spec/f:steps/k:{{\"name\":\"{step.Name}\"}}/{field}"));
            IEnumerable<string> tags = Tags.Select(tag => $"/f:spec/f:tags/v:\"{tag}\"");
            return ["/f:spec/f:model", .. Replicas is null ? Array.Empty<string>() : ["/f:spec/f:replicas"], .. tags, .. steps];
        }

        /// <summary>The values that can be contested, by the paths that a conflict names.</summary>
        public IEnumerable<(string Path, int Value)> Values()
        {
            IEnumerable<(string, int)> steps = Steps.Select(step => ($".spec.steps[name=\"{step.Name}\"].weight", step.Weight));
            return Replicas is { } replicas ? [(".spec.replicas", replicas), .. steps] : steps;
        }

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
