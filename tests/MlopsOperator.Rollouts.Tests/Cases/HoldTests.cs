using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Cases;

public sealed class HoldTests
{
    [Fact]
    public void PD_67_A_hold_of_three_days_uses_up_no_deadline()
    {
        var release = Release.FromAToB();
        release.Intent = release.Intent with { Paused = true };
        release.Decide();
        release.GatewaysConfirm();

        for (var hour = 0; hour < 72; hour++)
        {
            release.After(TimeSpan.FromHours(1)).Settle();
        }

        release.Record.Phase.Should().Be(RolloutPhase.Preparing);
        release.Intent = release.Intent with { Paused = false };
        release.Settle();
        release.Record.Phase.Should().Be(RolloutPhase.Preparing);
    }

    [Fact]
    public void PD_67_A_hold_that_ended_while_the_operator_was_down_uses_up_no_deadline()
    {
        var release = Release.FromAToB();
        release.Intent = release.Intent with { Paused = true };
        release.Settle();

        release.Intent = release.Intent with { Paused = false };
        release.After(TimeSpan.FromDays(3)).Settle();

        release.Record.Phase.Should().Be(RolloutPhase.Preparing);
        release.Record.Clocks.DeadlineUsedSeconds.Should().Be(0);
    }

    [Fact]
    public void A_hold_stops_the_next_weight_and_its_end_lets_it_go_on()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Intent = release.Intent with { Paused = true };
        release.Run(600, r => r.Traffic());

        release.Weight.Should().Be(1000);
        release.Record.Message.Should().Contain("kubectl patch mdep delays -n prod");
        release.Record.History.Should().Contain(h => h.Event == "Held" && h.Actor == "user");

        release.Intent = release.Intent with { Paused = false };
        release.RunUntil(RolloutPhase.Succeeded);
    }

    [Fact]
    public void A_hold_at_the_end_of_baking_keeps_the_old_revision()
    {
        var release = Release.FromAToB().RunUntil(RolloutPhase.Baking);
        release.Intent = release.Intent with { Paused = true };
        release.Run(1000);
        release.Record.Phase.Should().Be(RolloutPhase.Baking);
    }

    [Fact]
    public void A_guard_that_fails_takes_back_under_every_hold()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Intent = release.Intent with { Paused = true, Contested = true };
        release.Settle();

        release.RunUntil(RolloutPhase.RolledBack, r => r.Traffic(candidateErrorRate: 1));
    }

    [Fact]
    public void PD_68_A_lost_pod_after_the_end_leaves_no_mark_on_the_record()
    {
        var release = Release.FromAToB().RunUntil(RolloutPhase.Succeeded);
        release.Settle();
        release.CandidatePods(0).Decide().MustSave.Should().BeFalse();
        release.Record.Phase.Should().Be(RolloutPhase.Succeeded);
        release.Record.Weights.Should().Be(new RolloutWeights { Stable = 10_000 });
    }

    [Fact]
    public void PD_70_A_guard_that_fails_while_baking_goes_back_to_the_warm_revision_in_one_route_write()
    {
        var release = Release.FromAToB().RunUntil(RolloutPhase.Baking);
        release.GatewaysConfirm().Settle();
        release.Writes.Clear();

        release.Block(1000, 1000, 0, 0).Decide();

        release.Record.Phase.Should().Be(RolloutPhase.RollingBack);
        release.Record.PromotedAt.Should().BeNull();
        release.Record.Weights.Should().Be(new RolloutWeights { Stable = 10_000 });
        release.Writes.Should().ContainSingle(w => w.StartsWith("route", StringComparison.Ordinal)).Which.Should().EndWith("stable=a:10000");
        release.RunUntil(RolloutPhase.RolledBack).Record.Reason.Should().Be(RolloutReasons.Failed);
        release.Wanted.StableReplicas.Should().Be(3);
    }

    [Fact]
    public void PD_71_Candidate_pods_stay_until_every_gateway_has_confirmed_or_is_gone()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Block(100, 100, 900, 0).Settle();

        release.After(TimeSpan.FromMinutes(20)).Settle();
        release.Wanted.CandidateReplicas.Should().Be(1);
        release.HasHold(RolloutReasons.RouteNotAcknowledgedHold).Should().BeTrue();
        release.Record.Message.Should().Contain("errors", "the reason of the phase stays");
        release.Record.Step.WaitingFor.Should().Contain("gateway");

        // One confirms, the other leaves the slices.
        release.Gateways[0] = release.Gateways[0] with { Sequence = release.Record.Sequence, ScrapedAt = release.Now };
        release.Gateways[1] = release.Gateways[1] with { Ready = false, LeftAt = release.Now };
        release.After(TimeSpan.FromSeconds(29)).Settle();
        release.Record.TrafficRemovedAt.Should().BeNull();
        release.After(TimeSpan.FromSeconds(1)).Settle();
        release.Record.TrafficRemovedAt.Should().NotBeNull();
    }

    [Fact]
    public void Nothing_is_concluded_gone_while_the_list_of_gateways_may_be_incomplete()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Block(100, 100, 900, 0).Settle();
        release.GatewaysSettled = false;
        release.Gateways = [];

        release.After(TimeSpan.FromMinutes(5)).Settle();
        release.Record.TrafficRemovedAt.Should().BeNull();

        release.GatewaysSettled = true;
        release.Settle();
        release.Record.TrafficRemovedAt.Should().NotBeNull();
    }

    [Fact]
    public void PD_72_An_unschedulable_candidate_is_held_with_the_schedulers_text_and_fails_at_the_deadline()
    {
        var release = Release.FromAToB();
        release.Candidate = release.Candidate with { Unschedulable = "0/3 nodes are available: 3 Insufficient nvidia.com/gpu." };
        release.Settle();
        release.GatewaysConfirm().Settle();
        release.HasHold(RolloutReasons.CapacityHold).Should().BeTrue();
        release.Record.Holds![0].Reason.Should().Contain("nvidia.com/gpu");

        release.Watched(TimeSpan.FromMinutes(10)).Settle();

        release.Record.Reason.Should().Be(RolloutReasons.DeadlineExceeded);
        release.Record.Message.Should().Contain("nvidia.com/gpu");
    }

    [Fact]
    public void PD_92_A_contested_route_is_held_until_ten_quiet_minutes_have_passed()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        var route = release.Wanted.Route;
        release.Intent = release.Intent with { Contested = true };
        release.Settle();
        release.HasHold(RolloutReasons.ContestedHold).Should().BeTrue();
        release.Wanted.Route.Should().BeEquivalentTo(route, "the recorded weights are asked for again and again");

        release.Intent = release.Intent with { Contested = false };
        release.After(TimeSpan.FromMinutes(9)).GatewaysConfirm().Settle();
        release.HasHold(RolloutReasons.ContestedHold).Should().BeTrue();
        release.After(TimeSpan.FromMinutes(1)).GatewaysConfirm().Settle();
        release.HasHold(RolloutReasons.ContestedHold).Should().BeFalse();
    }

    [Fact]
    public void PD_95_A_route_that_is_not_confirmed_for_two_minutes_holds_and_never_steps_on()
    {
        var release = Release.FromAToB().RunUntil(r => r.Weight == 1000);
        release.Gateways = [.. release.Gateways.Select(g => g with { Sequence = 7 })];
        var step = release.Settle().Record.Step.Index;

        release.After(TimeSpan.FromMinutes(2)).Settle();

        release.HasHold(RolloutReasons.RouteNotAcknowledgedHold).Should().BeTrue();
        release.Record.Step.Index.Should().Be(step);
        release.Weight.Should().Be(1000);

        release.GatewaysConfirm().Settle();
        release.Record.Holds.Should().BeNull();
    }

    [Fact]
    public void A_gateway_that_comes_after_the_acknowledgement_does_not_undo_it()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        var at = release.Record.Step.AcknowledgedAt;
        release.Gateways.Add(release.Gateways[0] with { Name = "gw-3", Sequence = null, ScrapedAt = null });
        release.Settle();
        release.Record.Step.AcknowledgedAt.Should().Be(at);
    }

    [Fact]
    public void A_scrape_from_before_the_route_was_written_confirms_nothing()
    {
        var release = Release.FromAToB().RunUntil(r => r.Weight == 1000);
        release.Gateways = [.. release.Gateways.Select(g => g with { Sequence = 99, ScrapedAt = release.Now.AddSeconds(-1) })];
        release.Settle();
        release.Record.Step.AcknowledgedAt.Should().BeNull();
    }

    [Fact]
    public void A_wrong_golden_answer_takes_a_candidate_back_before_any_traffic()
    {
        var release = Release.FromAToB();
        release.Settle();
        release.PodsFollow().GatewaysConfirm().Settle();
        release.TestsFail("expected 1, found 0").Settle();

        release.Record.Reason.Should().Be(RolloutReasons.TestFailed);
        release.RunUntil(RolloutPhase.RolledBack);
        release.Record.Weights!.Candidate.Should().Be(0);
        release.Writes.Should().NotContain(w => w.Contains("candidate=b", StringComparison.Ordinal));
    }
}
