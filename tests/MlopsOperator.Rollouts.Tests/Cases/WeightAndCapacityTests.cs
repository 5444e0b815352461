using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Cases;

public sealed class WeightAndCapacityTests
{
    [Fact]
    public void PD_7_A_weight_waits_for_all_the_pods_that_bear_it()
    {
        var release = Release.FromAToB(replicas: 10, Release.Canary("20%", "25%")).RunUntilStep("weight 25%");
        release.CandidatePods(2).Settle();
        release.Weight.Should().Be(2000);
        release.Record.Step.WaitingFor.Should().Contain("3 pods of delays-b");

        release.CandidatePods(3).Settle();
        release.Weight.Should().Be(2500);
    }

    [Fact]
    public void PD_8_A_small_weight_still_wants_one_pod()
    {
        var release = Release.FromAToB(replicas: 5, Release.Canary("10%"));
        release.Settle();
        release.Wanted.CandidateReplicas.Should().Be(1);
    }

    [Fact]
    public void PD_9_A_lost_pod_lowers_the_weight_after_thirty_seconds_and_its_return_restores_it()
    {
        var release = Release.FromAToB(replicas: 4, Release.Canary("50%")).RunUntilWeight(5000);
        release.Settle();

        release.CandidatePods(1).Settle().After(TimeSpan.FromSeconds(29)).Settle();
        release.Weight.Should().Be(5000, "pods restart");

        release.After(TimeSpan.FromSeconds(1)).Settle();
        release.Weight.Should().Be(2500);
        release.HasHold(RolloutReasons.CapacityHold).Should().BeTrue();
        release.Record.Phase.Should().Be(RolloutPhase.Progressing, "that is no failure");

        release.CandidatePods(2).Settle();
        release.Weight.Should().Be(5000);
        release.HasHold(RolloutReasons.CapacityHold).Should().BeFalse();
    }

    [Fact]
    public void PD_10_A_candidate_without_ready_pods_loses_its_traffic_in_the_same_decision()
    {
        var release = Release.FromAToB(replicas: 4, Release.Canary("50%")).RunUntilWeight(5000);

        var decision = release.CandidatePods(0).Decide();

        decision.Wanted.Route!.Backends.Should().ContainSingle().Which.Revision.Should().Be("a");
        release.Weight.Should().Be(0);
        release.HasHold(RolloutReasons.CapacityHold).Should().BeTrue();
        release.Record.Phase.Should().Be(RolloutPhase.Progressing);
    }

    [Fact]
    public void A_candidate_without_ready_pods_for_the_deadline_in_sum_fails()
    {
        var release = Release.FromAToB(replicas: 4, Release.Canary("50%")).RunUntilWeight(5000);

        release.CandidatePods(0).Settle();
        for (var minute = 0; minute < 11; minute++)
        {
            release.After(TimeSpan.FromMinutes(1)).GatewaysConfirm().Settle();
        }

        release.Record.Phase.Should().Be(RolloutPhase.RollingBack);
        release.Record.Reason.Should().Be(RolloutReasons.DeadlineExceeded);
    }

    [Fact]
    public void PD_11_Pods_grow_before_the_weight_does()
    {
        var release = Release.FromAToB(replicas: 4, Release.Canary("25%", "50%")).RunUntilWeight(2500);
        release.Writes.Clear();

        release.RunUntilWeight(5000);

        var writes = release.Writes;
        writes.IndexOf("b=2").Should().BeLessThan(writes.IndexOf("route 9: stable=a:5000 candidate=b:5000")).And.BeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void PD_12_Taking_back_is_weight_then_acknowledgement_then_drain_then_scaling_down()
    {
        var release = Release.FromAToB().RunUntilWeight(5000);
        release.Traffic(candidateErrorRate: 1).Traffic(candidateErrorRate: 1).Settle();
        release.Record.Phase.Should().Be(RolloutPhase.RollingBack);
        release.Weight.Should().Be(0);
        release.Wanted.CandidateReplicas.Should().Be(2);

        release.After(TimeSpan.FromSeconds(20)).Settle();
        release.Record.TrafficRemovedAt.Should().BeNull("no gateway has confirmed");

        release.GatewaysConfirm();
        release.Gateways[0] = release.Gateways[0] with { InFlight = new Dictionary<string, double>(StringComparer.Ordinal) { ["b"] = 3 } };
        release.Settle();
        release.Record.TrafficRemovedAt.Should().Be(release.Now);
        release.Wanted.CandidateReplicas.Should().Be(2, "requests are in flight");

        release.After(TimeSpan.FromSeconds(1)).GatewaysConfirm().Settle();
        release.Record.Clocks.DrainedSince.Should().Be(release.Now);
        release.Wanted.CandidateReplicas.Should().Be(0);
    }

    [Fact]
    public void A_stuck_request_delays_scaling_down_no_longer_than_the_routes_timeout()
    {
        var release = Release.FromAToB().RunUntilWeight(5000);
        release.Traffic(candidateErrorRate: 1).Traffic(candidateErrorRate: 1).Settle();
        release.GatewaysConfirm();
        release.Gateways[0] = release.Gateways[0] with { InFlight = new Dictionary<string, double>(StringComparer.Ordinal) { ["b"] = 1 } };
        release.Settle();

        release.After(TimeSpan.FromSeconds(34)).Settle();
        release.Wanted.CandidateReplicas.Should().Be(2);
        release.After(TimeSpan.FromSeconds(1)).Settle();
        release.Wanted.CandidateReplicas.Should().Be(0);
    }

    [Fact]
    public void PD_13_A_superseded_candidate_gives_traffic_back_no_faster_than_a_shrunken_stable_bears()
    {
        var release = Release.FromAToB(replicas: 10, Release.Canary("80%")).RunUntilWeight(8000);
        release.StablePods(4).Settle();
        release.Intent = release.Intent with { WantedRevision = "c" };

        release.Settle();
        release.Weight.Should().Be(6000);

        release.StablePods(7).Settle();
        release.Weight.Should().Be(3000);
        release.StablePods(10).Settle();
        release.Weight.Should().Be(0);
    }

    [Fact]
    public void A_failed_candidate_loses_its_traffic_at_once_when_stable_has_any_ready_endpoint()
    {
        var release = Release.FromAToB(replicas: 10, Release.Canary("80%")).RunUntilWeight(8000);
        release.StablePods(1).Settle();

        release.Traffic(candidateErrorRate: 1).Traffic(candidateErrorRate: 1).Decide();

        release.Weight.Should().Be(0);
    }

    [Fact]
    public void PD_14_A_smallest_size_keeps_no_weight_when_the_candidate_is_taken_back()
    {
        var strategy = Release.Canary("10%") with { Capacity = new CapacitySpec { MinPods = 3 } };
        var release = Release.FromAToB(replicas: 10, strategy).RunUntilWeight(1000);
        release.Wanted.CandidateReplicas.Should().Be(3);

        release.Intent = release.Intent with { WantedRevision = "a" };
        release.Settle();

        release.Weight.Should().Be(0);
    }

    [Fact]
    public void PD_15_The_smallest_size_never_exceeds_the_wanted_replicas()
    {
        var strategy = Release.Canary("10%") with { Capacity = new CapacitySpec { MinPods = 2 } };
        var release = Release.FromAToB(replicas: 1, strategy);
        release.Settle();
        release.Wanted.CandidateReplicas.Should().Be(1);

        release.CandidatePods(2).RunUntil(RolloutPhase.Succeeded);
    }

    [Fact]
    public void PD_16_A_smallest_size_above_the_wanted_replicas_keeps_weights_in_bounds()
    {
        var strategy = Release.Canary("50%") with { Capacity = new CapacitySpec { MinPods = 50 } };
        var release = Release.FromAToB(replicas: 2, strategy).RunUntil(RolloutPhase.Baking);
        release.Record.Weights.Should().Be(new RolloutWeights { Stable = 0, Candidate = 10_000 });
    }

    [Fact]
    public void PD_17_Fewer_wanted_replicas_than_stable_has_make_no_negative_weight()
    {
        var release = Release.FromAToB(replicas: 10, Release.Canary("50%")).RunUntilWeight(5000);
        release.Intent = release.Intent with { WantedRevision = "a", Replicas = 2 };

        release.Settle();

        release.Record.Weights.Should().Be(new RolloutWeights { Stable = 10_000, Candidate = 0 });
    }

    [Fact]
    public void PD_19_Weights_finer_than_a_per_cent_sum_to_the_same_total()
    {
        var release = Release.FromAToB(strategy: Release.Canary("2.5%")).RunUntilWeight(250);
        release.Record.Weights.Should().Be(new RolloutWeights { Stable = 9750, Candidate = 250 });
        release.Record.Columns!.Weight.Should().Be("2.5%");
    }

    [Fact]
    public void PD_20_Promotion_waits_for_every_pod_and_moves_nothing_meanwhile()
    {
        var release = Release.FromAToB(replicas: 10, Release.Canary("50%")).RunUntil(RolloutPhase.Promoting);
        var sequence = release.Record.Sequence;
        release.GatewaysConfirm().CandidatePods(9).Settle().After(TimeSpan.FromSeconds(20)).GatewaysConfirm().Settle();

        release.Record.Sequence.Should().Be(sequence);
        release.Record.PromotedAt.Should().BeNull();
        release.Record.Step.WaitingFor.Should().Contain("10 pods");

        release.CandidatePods(10).Settle().GatewaysConfirm().CandidatePods(9).Settle();
        release.Record.PromotedAt.Should().BeNull("a pod is unready again");

        release.CandidatePods(10).Settle();
        release.Record.Phase.Should().Be(RolloutPhase.Baking);
    }

    [Fact]
    public void Stable_without_endpoints_hands_all_traffic_to_an_exposed_candidate_until_it_recovers()
    {
        var release = Release.FromAToB(replicas: 4, Release.Canary("50%")).RunUntilWeight(5000);

        release.StablePods(0).Settle();
        release.Weight.Should().Be(10_000);
        release.Record.PromotedAt.Should().BeNull();

        release.StablePods(1).Settle();
        release.Weight.Should().Be(7500, "stable bears a quarter");
        release.StablePods(4).Settle();
        release.Weight.Should().Be(5000);
    }

    [Fact]
    public void An_untested_candidate_gets_no_traffic_from_a_lost_stable_and_a_tested_one_gets_it_after_two_minutes()
    {
        var release = Release.FromAToB();
        release.Settle();
        release.PodsFollow().GatewaysConfirm().Settle();
        release.StablePods(0).Settle();
        release.After(TimeSpan.FromMinutes(3)).Settle();
        release.Weight.Should().Be(0);
        release.Wanted.RunGoldenTests.Should().BeTrue();

        release.Intent = release.Intent with { Paused = true };
        release.TestsPass().Settle();

        release.Weight.Should().Be(10_000, "a hold does not stop a rescue");
        release.Record.History.Should().Contain(h => h.Event == "Rescued");
        release.Record.PromotedAt.Should().BeNull();
    }
}
