using MlopsOperator.Api.Rollouts;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Operator.Tests.Rollouts;

/// <summary>Writes that are refused, or whose answer is lost, delay a release; they never keep a bad candidate in the traffic.</summary>
public sealed class RefusedWriteTests
{
    [Fact]
    public async Task A_candidate_is_taken_back_though_its_pods_cannot_be_written()
    {
        await using var world = await BadCandidateAtTenPercentAsync();

        // A new process knows nothing of what was applied before it, so it applies all of it again.
        await world.KillOperatorAsync();
        await world.StartOperatorAsync();
        world.Transport.Fault = request => request.Method is "PATCH" && request.PathAndQuery.Contains("/deployments/", StringComparison.Ordinal) ? 422 : null;

        await world.UntilAsync("stable alone in the route", () => world.Route!.Spec.Backends.Single(backend => backend.ModelVersion == "delays-v1").Weight == 10_000);
        world.Transport.Fault = null;
        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
        world.Rollout(2)!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.RolledBack, Reason = RolloutReasons.Failed });
    }

    [Theory]
    [InlineData(409)]
    [InlineData(500)]
    public async Task Evidence_of_harm_outlives_status_writes_that_are_refused(int status)
    {
        await using var world = await BadCandidateAtTenPercentAsync();
        var refused = 0;
        world.Transport.Fault = request => IsRecord(request) && ++refused <= 20 ? status : null;

        // As soon as writes go through again, what was seen meanwhile counts: it need not be seen anew.
        await world.UntilAsync("20 refusals", () => refused >= 20);
        world.Gateways.ErrorShares.Clear();
        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);

        world.Rollout(2)!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.RolledBack, Reason = RolloutReasons.Failed });
    }

    [Fact]
    public async Task A_lost_answer_to_a_status_write_counts_nothing_twice()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesWithHistory(world);
        var lost = 0;
        world.Transport.LosesAnswer = request => IsRecord(request) && ++lost % 2 == 0;

        await world.WantAsync("delays-v2");
        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);

        lost.Should().BeGreaterThan(4);
        world.Rollout(2)!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.Succeeded, Reason = RolloutReasons.Proved });
        world.Rollout(2)!.Status!.Verdicts!.Max(verdict => verdict.Samples).Should().BeLessThanOrEqualTo(world.Gateways.Served("delays-v2"));
    }

    [Fact]
    public async Task A_Service_of_somebody_else_under_the_deployments_name_is_left_alone()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesFirst(world);
        world.List("services").Should().Contain(service => (string?)service!["metadata"]!["name"] == "delays");

        await world.ApplyAsync("""
            apiVersion: v1
            kind: Service
            metadata: {name: theirs, namespace: prod}
            spec: {selector: {app: theirs}, ports: [{port: 80}]}
            ---
            apiVersion: mlops-operator.io/v1alpha1
            kind: ModelDeployment
            metadata: {name: theirs, namespace: prod}
            spec: {modelVersionRef: {name: delays-v1}}
            """);

        await world.UntilAsync("its route", () => world.Read<Api.Routes.GatewayRoute>("gatewayroutes", "theirs") is not null);
        await world.PassAsync(TimeSpan.FromSeconds(5));
        var theirs = world.List("services").Single(service => (string?)service!["metadata"]!["name"] == "theirs")!;
        ((string?)theirs["spec"]!["selector"]!["app"]).Should().Be("theirs");
        theirs["metadata"]!["ownerReferences"].Should().BeNull();
    }

    [Fact]
    public async Task What_the_API_server_refuses_is_told_in_its_own_words()
    {
        await using var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesFirst(world);
        world.Transport.Fault = request => request.Method is "PATCH" && request.PathAndQuery.Contains("/deployments/", StringComparison.Ordinal) ? 422 : null;
        await world.PatchAsync("modeldeployments", "delays", """{"spec":{"progressDeadline":"10s"}}""");

        await world.WantAsync("delays-v2");

        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
        world.Rollout(2)!.Status!.Message.Should().Contain("refused by the test");
    }

    private static bool IsRecord(TransportRequest request) => request.Method is "PUT" && request.PathAndQuery.Contains("/modelrollouts/", StringComparison.Ordinal);

    private static async Task<ReleaseWorld> BadCandidateAtTenPercentAsync()
    {
        var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesWithHistory(world);
        world.Gateways.ErrorShares["delays-v3"] = 0.1;
        await world.WantAsync("delays-v3");
        await world.UntilAsync("10 % to the candidate", () => world.Rollout(2)?.Status?.Weights?.Candidate == 1000);
        return world;
    }
}
