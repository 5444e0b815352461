using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Cases;

public class ExposureLeaseTests
{
    [Fact]
    public void A_candidate_that_is_judged_is_leased_until_the_flip_and_stable_never()
    {
        var release = Leased();
        release.Wanted.Route!.Lease.Should().Be("1m");
        release.Wanted.Floor.Should().BeLessThan(release.Record.Sequence, "raising lowers nothing");

        release.RunUntil(RolloutPhase.Baking).Settle();
        release.Wanted.Route!.Lease.Should().BeNull();
        release.Wanted.Floor.Should().BeNull();
    }

    [Fact]
    public void A_failed_candidate_has_the_floor_of_its_removal()
    {
        var release = Leased();
        release.Block(100, 100, 900, 0).Settle();
        release.Record.Phase.Should().Be(RolloutPhase.RollingBack);
        release.Wanted.Floor.Should().Be(release.Record.Sequence);
        release.Wanted.Route!.Lease.Should().BeNull();
    }

    [Fact]
    public void A_gateway_that_does_not_answer_is_confirmed_a_lease_and_a_tenth_after_the_last_attempt_with_a_lower_floor()
    {
        var release = TakenBack(out var lower);
        Silent(release, (lower, release.Now), (release.Record.Sequence, release.Now.AddMinutes(10)));

        release.After(TimeSpan.FromSeconds(65.9)).Settle();
        release.Record.TrafficRemovedAt.Should().BeNull();
        release.After(TimeSpan.FromSeconds(0.1)).Settle();
        release.Record.TrafficRemovedAt.Should().Be(release.Now);
    }

    [Fact]
    public void An_attempt_under_way_with_a_lower_floor_may_still_renew()
    {
        var release = TakenBack(out var lower);
        Silent(release, (lower, DateTimeOffset.MaxValue));
        release.After(TimeSpan.FromMinutes(30)).Settle();
        release.Record.TrafficRemovedAt.Should().BeNull();
    }

    [Fact]
    public void After_a_start_the_attempts_of_the_predecessor_count_as_ended_when_judging_began()
    {
        var release = TakenBack(out _);
        Silent(release);
        release.JudgingSince = release.Now.AddSeconds(20);
        release.After(TimeSpan.FromSeconds(85.9)).Settle();
        release.Record.TrafficRemovedAt.Should().BeNull();
        release.After(TimeSpan.FromSeconds(0.1)).Settle();
        release.Record.TrafficRemovedAt.Should().NotBeNull();
    }

    [Fact]
    public void A_gateway_that_left_before_the_operators_start_may_serve_until_the_lease_is_over()
    {
        var release = TakenBack(out _);
        release.JudgingSince = release.Now;
        release.GatewaysConfirm().After(TimeSpan.FromSeconds(65.9)).Settle();
        release.Record.TrafficRemovedAt.Should().BeNull("nobody knows of it, and every known one has confirmed");
        release.After(TimeSpan.FromSeconds(0.1)).Settle();
        release.Record.TrafficRemovedAt.Should().NotBeNull();
    }

    [Fact]
    public void A_gateway_that_left_the_endpoints_is_not_gone_before_its_lease_is_over()
    {
        var release = TakenBack(out var lower);
        Silent(release, (lower, release.Now));
        release.Gateways[1] = release.Gateways[1] with { Ready = false, LeftAt = release.Now };
        release.After(TimeSpan.FromSeconds(40)).Settle();
        release.Record.TrafficRemovedAt.Should().BeNull("it may serve for 60 s more");
    }

    [Fact]
    public void An_exposure_without_a_lease_is_never_confirmed_by_time_while_the_gateway_is_there()
    {
        var release = Leased();
        release.Intent = release.Intent with { ExposureLease = null };
        release.Settle();
        release.GatewaysConfirm().Settle();
        release.Intent = release.Intent with { ExposureLease = TimeSpan.FromSeconds(60) };
        release.Block(100, 100, 900, 0).Settle();
        Silent(release);

        release.After(TimeSpan.FromMinutes(30)).Settle();
        release.Record.TrafficRemovedAt.Should().BeNull();
    }

    private static Release Leased()
    {
        var release = Release.FromAToB();
        release.Intent = release.Intent with { ExposureLease = TimeSpan.FromSeconds(60) };
        return release.RunUntilWeight(1000);
    }

    private static Release TakenBack(out long lower)
    {
        var release = Leased();
        lower = release.Wanted.Floor!.Value;
        release.Block(100, 100, 900, 0).Settle();
        release.Record.Phase.Should().Be(RolloutPhase.RollingBack);
        return release;
    }

    /// <summary>One gateway confirms; the other is heard no more.</summary>
    private static void Silent(Release release, params (long Floor, DateTimeOffset Ended)[] named)
    {
        release.Gateways[0] = release.Gateways[0] with { Sequence = release.Record.Sequence, ScrapedAt = release.Now };
        release.Gateways[1] = release.Gateways[1] with { FloorsNamed = named.ToDictionary(one => one.Floor, one => one.Ended) };
    }
}
