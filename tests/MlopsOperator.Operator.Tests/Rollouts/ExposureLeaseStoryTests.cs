using MlopsOperator.Api.Rollouts;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Operator.Tests.Rollouts;

/// <summary>Nobody judging, nobody exposed, told over the whole operator; the gateways are scripted.</summary>
public sealed class ExposureLeaseStoryTests
{
    /// <summary>The default lease, and time for what is under way.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(61);

    [Fact]
    public async Task An_operator_that_is_gone_takes_the_exposure_with_it_and_the_next_one_goes_on()
    {
        await using var world = await ExposedAsync();
        world.KillOperator();
        await world.PassAsync(Lease);
        await NothingIsServedAsync(world, TimeSpan.FromSeconds(30));

        world.StartOperator();
        await GoesOnAsync(world);
        Lapses(world).Should().ContainSingle().Which.Detail.Should().StartWith("delays-v2 had no requests for 3");
        world.List("events").Should().Contain(one => (string?)one!["reason"] == "ExposureLapsed" && (string?)one["type"] == "Warning");
    }

    [Fact]
    public async Task An_operator_whose_writes_the_API_refuses_exposes_nobody_though_it_scrapes_on()
    {
        await using var world = await ExposedAsync();
        world.Transport.Fault = request => request.Method is "GET" ? null : 500;

        // Evidence is saved every half minute; then no decision comes through. A lease later no floor is named, and a lease after that gateways stop.
        await world.PassAsync(TimeSpan.FromSeconds(30) + (2 * Lease));
        await NothingIsServedAsync(world, TimeSpan.FromSeconds(20));

        world.Transport.Fault = null;
        await GoesOnAsync(world);
    }

    [Fact]
    public async Task Gateways_that_the_operator_cannot_reach_expose_nobody_and_the_rollout_waits()
    {
        await using var world = await ExposedAsync();
        world.Gateways.AreUnreachable = true;
        await world.PassAsync(Lease);
        await NothingIsServedAsync(world, TimeSpan.FromSeconds(30));
        world.Rollout(2)!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.Progressing, Weights = new { Candidate = 1000 } });
        Lapses(world).Should().ContainSingle().Which.Detail.Should().EndWith("has not been scraped for 1m: it gives delays-v2 no requests until it is.");

        world.Gateways.AreUnreachable = false;
        await GoesOnAsync(world);
    }

    [Fact]
    public async Task A_regular_rollout_and_a_restart_of_the_operator_lapse_nowhere()
    {
        await using var world = await ExposedAsync();
        world.KillOperator();
        await world.PassAsync(TimeSpan.FromSeconds(20));
        world.StartOperator();
        await GoesOnAsync(world);
        Lapses(world).Should().BeEmpty();
    }

    private static async Task<ReleaseWorld> ExposedAsync()
    {
        var world = await ReleaseWorld.StartAsync();
        await RolloutStoryTests.ServesWithHistory(world);
        await world.WantAsync("delays-v2");
        await world.UntilAsync("requests to the candidate", () => world.Gateways.Served("delays-v2") > 0);
        return world;
    }

    private static async Task NothingIsServedAsync(ReleaseWorld world, TimeSpan time)
    {
        var served = world.Gateways.Served("delays-v2");
        await world.PassAsync(time);
        world.Gateways.Served("delays-v2").Should().Be(served);
    }

    private static async Task GoesOnAsync(ReleaseWorld world)
    {
        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
        world.Rollout(2)!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.Succeeded, Reason = RolloutReasons.Proved });
    }

    private static IEnumerable<HistoryEntry> Lapses(ReleaseWorld world) =>
        world.Rollout(2)!.Status!.History!.Where(entry => string.Equals(entry.Event, "ExposureLapsed", StringComparison.Ordinal));
}
