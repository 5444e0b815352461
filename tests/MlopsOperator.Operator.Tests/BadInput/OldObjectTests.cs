using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Tests.Manifests;
using MlopsOperator.Api.Values;
using MlopsOperator.Operator.Tests.Rollouts;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Operator.Tests.BadInput;

/// <summary>Objects that were stored before a rule was known: the reconcilers check again what the schema should have.</summary>
public sealed class OldObjectTests
{
    [Theory]
    [InlineData("ModelVersion", "modelversions", 20)]
    [InlineData("ClusterModelRuntime", "clustermodelruntimes", 4)]
    [InlineData("ModelDeployment", "modeldeployments", 18)]
    [InlineData("RolloutStrategy", "rolloutstrategies", 25)]
    [InlineData("RolloutRequest", "rolloutrequests", 8)]
    public async Task BI_12_Every_bad_manifest_of_the_table_is_told_field_by_field_and_harms_nothing_else(string kind, string plural, int atLeast)
    {
        await using var world = await ReleaseWorld.StartAsync(definitions: OlderDefinitions.OfUsers);
        await RolloutStoryTests.ServesFirst(world);
        var sequence = world.Route!.Spec.Sequence;

        var asked = 0;
        foreach (var name in ManifestCase.All.Select(row => row.Data).Where(name => name.StartsWith(kind + "/", StringComparison.Ordinal)))
        {
            var row = await ManifestCase.ReadAsync(name, TestContext.Current.CancellationToken);
            if (row.Rules is "Refused")
            {
                await AskAsync(world, plural, row, FormattableString.Invariant($"bad-{++asked}"));
            }
        }

        asked.Should().BeGreaterThanOrEqualTo(atLeast);
        world.List("modelrollouts").Should().ContainSingle("no bad deployment began a rollout");
        world.Route.Spec.Sequence.Should().Be(sequence);
        world.Deployment!.Status!.Phase.Should().Be(DeploymentPhase.Serving);
        (await world.WritesAtRestAsync(settling: TimeSpan.FromMinutes(1), quiet: TimeSpan.FromMinutes(2))).Should().BeEmpty("what is told is told once");
    }

    [Fact]
    public async Task BI_12_A_spec_that_goes_bad_under_what_serves_changes_neither_pods_nor_route()
    {
        await using var world = await ReleaseWorld.StartAsync(definitions: OlderDefinitions.OfUsers);
        await world.PatchAsync("modeldeployments", "delays", """{"spec":{"replicas":3,"traffic":{"hosts":["a.example.com"],"timeout":"7s","sticky":{"header":"x-user"}}}}""");
        await RolloutStoryTests.ServesFirst(world);
        await world.UntilAsync("the host", () => world.Route!.Spec.Hosts.Contains("a.example.com"));
        await world.UntilAsync("three pods", () => Replicas(world) == 3 && world.Deployment!.Status!.Stable!.Replicas == 3);
        var before = world.Route!.Spec;

        await world.PatchAsync("modeldeployments", "delays", """{"spec":{"replicas":-1,"revisionHistoryLimit":-9,"traffic":{"hosts":["A B"],"path":"x","timeout":"soon","sticky":{"header":"x user"}}}}""");

        await world.UntilAsync("the problem", () => Told.By(world, "modeldeployments", "delays", ConditionTypes.Stalled)?.Reason is "InvalidSpec");
        await world.PassAsync(TimeSpan.FromSeconds(30));
        Told.By(world, "modeldeployments", "delays", ConditionTypes.Stalled)!.Value.Message.Should().ContainAll("spec.replicas", "spec.traffic.hosts[0]", "spec.traffic.path", "spec.traffic.timeout");
        Told.By(world, "modeldeployments", "delays", ConditionTypes.Available).Should().NotBeNull();
        Replicas(world).Should().Be(3);
        world.Route.Spec.Should().BeEquivalentTo(before);
        world.List("controllerrevisions").Should().ContainSingle("no revision is pruned by a limit below zero");

        await world.PatchAsync("modeldeployments", "delays", """{"spec":{"replicas":1,"revisionHistoryLimit":3,"traffic":null}}""");
        await world.UntilAsync("the mended spec", () => Replicas(world) == 1 && !world.Route.Spec.Hosts.Contains("a.example.com") && Told.By(world, "modeldeployments", "delays", ConditionTypes.Stalled) is null);
    }

    [Fact]
    public async Task BI_12_A_rollout_goes_on_while_its_deployments_spec_is_bad()
    {
        await using var world = await ReleaseWorld.StartAsync(definitions: OlderDefinitions.OfUsers);
        await RolloutStoryTests.ServesWithHistory(world);
        await world.WantAsync("delays-v2");
        await world.UntilAsync("10 % to the candidate", () => world.Rollout(2)?.Status?.Weights?.Candidate == 1000);

        await world.PatchAsync("modeldeployments", "delays", """{"spec":{"replicas":-1,"traffic":{"path":"x"}}}""");

        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
        world.Route!.Spec.Backends.Should().ContainSingle().Which.ModelVersion.Should().Be("delays-v2");
        world.Route.Spec.Path.Should().Be("/");
        Told.Warnings(world, "delays", "InvalidSpec").Should().ContainSingle().Which.Should().Contain("spec.replicas: found \"-1\"");
    }

    private static async Task AskAsync(ReleaseWorld world, string plural, ManifestCase row, string substitute)
    {
        // An API server refuses no name of a custom resource but those that no object may have.
        var metadata = row.Manifest["metadata"]!;
        var isAboutName = row.Problems[0].Field is "metadata.name" && ResourceNames.IsDns1123Subdomain((string)metadata["name"]!);
        metadata["name"] = isAboutName ? (string)metadata["name"]! : substitute;
        if (plural is not "clustermodelruntimes")
        {
            metadata["namespace"] = "prod";
        }

        var name = (string)metadata["name"]!;
        var problem = row.Problems.First(problem => isAboutName || problem.Field is not "metadata.name");
        await world.ApplyAsync(row.Manifest.ToJsonString());
        await world.UntilAsync($"{row.Name} told", () => Told.By(world, plural, name, ConditionTypes.Stalled)?.Reason is "InvalidSpec");
        Told.By(world, plural, name, ConditionTypes.Stalled)!.Value.Message.Should().ContainAll([problem.Field, .. problem.Words], row.Name);
        await world.UntilAsync($"{row.Name} in an Event", () => Told.Warnings(world, name, "InvalidSpec").Count > 0);
        Told.Warnings(world, name, "InvalidSpec").Should().ContainSingle(row.Name);
    }

    private static int? Replicas(ReleaseWorld world) =>
        (int?)Told.Object(world, "deployments", $"delays-{world.Deployment!.Status!.Stable!.Revision}")?["spec"]?["replicas"];
}
