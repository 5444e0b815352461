using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Traces;

public sealed class RecreateTraceTests
{
    [Fact]
    public void Stable_is_gone_before_the_candidates_first_pod_is_asked_for()
    {
        var release = Recreate().RunUntil(RolloutPhase.Succeeded);

        release.Record.Reason.Should().Be(RolloutReasons.Unproved);
        release.Writes.Should().Equal(
            "record Preparing stop w=0",
            "a=0",
            "route 7: stable=a:10000",
            "record Preparing prepare w=0 acknowledged",
            "b=3",
            "record Preparing test w=0",
            "record Promoting promote w=10000 tests",
            "route 8: stable=a:0 candidate=b:10000",
            "record Retiring retire w=0 promoted",
            "route 9: stable=b:10000",
            "record Retiring retire w=0 acknowledged traffic-removed",
            "record Retiring retire w=0 drained",
            "a=deleted",
            "record Succeeded retire w=0");
    }

    [Fact]
    public void The_candidate_waits_for_stables_last_pod()
    {
        var release = Recreate();
        release.Decide();
        release.Stable = release.Stable! with { DesiredReplicas = 0, ReadyEndpoints = 0, Pods = 1 };
        release.GatewaysConfirm().Settle();

        release.Record.Step.Name.Should().Be("stop");
        release.Record.Step.WaitingFor.Should().Contain("pods of delays-a to end");
        release.Wanted.CandidateReplicas.Should().BeNull();
    }

    [Fact]
    public void When_the_candidate_fails_its_golden_requests_stable_is_started_again()
    {
        var release = Recreate().RunUntilStep("test");
        release.Writes.Clear();
        release.TestsFail("found NaN").RunUntil(RolloutPhase.RolledBack);

        release.Record.Reason.Should().Be(RolloutReasons.TestFailed);
        release.Writes.Should().ContainInOrder("b=0", "b=deleted", "a=3");
        release.Wanted.StableReplicas.Should().Be(3);
        release.Weight.Should().Be(0);
    }

    [Fact]
    public void A_candidate_that_never_gets_ready_makes_room_for_stable()
    {
        var release = Recreate().RunUntilStep("prepare");

        for (var i = 0; release.Record.Phase is not RolloutPhase.RolledBack && i < 60; i++)
        {
            // What keeps the candidate from starting keeps stable out, too, until the candidate is gone.
            release.Candidate = release.Candidate with { Exists = release.Wanted.CandidateReplicas is not null, DesiredReplicas = release.Wanted.CandidateReplicas ?? 0, ReadyEndpoints = 0 };
            release.Stable = release.Stable! with { DesiredReplicas = release.Wanted.StableReplicas ?? 0, ReadyEndpoints = release.Candidate.Exists ? 0 : release.Wanted.StableReplicas ?? 0 };
            release.GatewaysConfirm().Watched(TimeSpan.FromSeconds(30));
        }

        release.Record.Reason.Should().Be(RolloutReasons.DeadlineExceeded);
        release.Wanted.StableReplicas.Should().Be(3);
    }

    [Fact]
    public void A_revert_in_the_gap_starts_stable_again()
    {
        var release = Recreate().RunUntilStep("prepare");
        release.Intent = release.Intent with { WantedRevision = "a" };
        release.RunUntil(RolloutPhase.RolledBack);

        release.Record.Reason.Should().Be(RolloutReasons.Reverted);
        release.Wanted.StableReplicas.Should().Be(3);
    }

    [Fact]
    public void The_gap_is_no_loss_of_stable_that_the_rescue_would_mend()
    {
        var release = Recreate().RunUntilStep("prepare");
        release.CandidatePods(2).StablePods(0);
        release.Watched(TimeSpan.FromMinutes(5));

        release.Weight.Should().Be(0, "the candidate has not answered its golden requests");
        release.Record.Clocks.StableLostSince.Should().BeNull();
    }

    [Fact]
    public void A_candidate_that_dies_while_it_takes_over_lets_stable_have_its_room()
    {
        var release = Recreate().RunUntilStep("promote");
        release.Candidate = release.Candidate with { FatalProblem = "the bytes do not match" };
        release.Decide();

        release.Record.Phase.Should().Be(RolloutPhase.RollingBack);
        release.Weight.Should().Be(0, "stable could not start beside it");
        release.RunUntil(RolloutPhase.RolledBack).Wanted.StableReplicas.Should().Be(3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_rollout_that_is_held_before_stable_is_gone_leaves_stable_where_it_is(bool fromTheStart)
    {
        var release = Recreate();
        if (!fromTheStart)
        {
            release.Decide();
            release.Wanted.StableReplicas.Should().Be(0);
        }

        release.Intent = release.Intent with { Paused = true };
        release.Settle();

        release.Record.Step.Name.Should().Be("stop");
        release.Wanted.StableReplicas.Should().Be(3, "nothing would serve for as long as it is paused");
        release.Intent = release.Intent with { Paused = false };
        release.RunUntil(RolloutPhase.Succeeded);
    }

    [Fact]
    public void A_hold_in_the_gap_keeps_nothing_from_serving_again()
    {
        var release = Recreate().RunUntilStep("prepare");
        release.Intent = release.Intent with { Paused = true, Contested = true };

        release.RunUntil(r => r.Weight == 10_000);

        release.HasHold(RolloutReasons.UserHold).Should().BeTrue();
    }

    [Fact]
    public void A_gateway_that_says_nothing_does_not_keep_stable_from_being_started_again()
    {
        var release = Recreate().RunUntilStep("promote");
        release.Gateways[1] = release.Gateways[1] with { Sequence = null, ScrapedAt = null };
        release.Settle();
        release.Weight.Should().Be(10_000);
        release.Intent = release.Intent with { WantedRevision = "a" };
        release.Decide();
        release.Wanted.StableReplicas.Should().Be(0, "the candidate is still there");

        release.Watched(TimeSpan.FromMinutes(2)).PodsFollow().Settle();
        release.PodsFollow().Settle();
        release.PodsFollow().Settle();

        release.Record.Phase.Should().Be(RolloutPhase.RolledBack);
        release.Wanted.StableReplicas.Should().Be(3);
    }

    [Fact]
    public void A_candidate_that_is_still_there_from_the_rollout_before_is_left_while_stable_stops()
    {
        var release = Recreate();
        release.Candidate = release.Candidate with { Exists = true, DesiredReplicas = 0 };
        release.Decide();

        release.Record.Step.Name.Should().Be("stop");
        release.Wanted.CandidateReplicas.Should().Be(0, "its traffic may not be confirmed gone");
    }

    private static Release Recreate() => Release.FromAToB(strategy: new RolloutStrategySpec { Recreate = new RecreateStrategy() });
}
