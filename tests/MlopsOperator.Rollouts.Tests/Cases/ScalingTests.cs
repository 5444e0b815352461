using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Cases;

public sealed class ScalingTests
{
    [Fact]
    public void PD_73_More_wanted_replicas_scale_both_arms_and_move_no_traffic()
    {
        var release = Release.FromAToB(replicas: 10, Release.Canary("25%")).RunUntilWeight(2500);
        release.Intent = release.Intent with { Replicas = 20 };
        release.Settle();

        release.Wanted.StableReplicas.Should().Be(15);
        release.Wanted.CandidateReplicas.Should().Be(5);
        release.After(TimeSpan.FromMinutes(5)).GatewaysConfirm().Settle();
        release.Weight.Should().Be(2500, "pods are still coming up");
        release.HasHold(RolloutReasons.CapacityHold).Should().BeFalse();
    }

    [Fact]
    public void PD_74_Fewer_wanted_replicas_shrink_neither_arm_until_five_minutes_after_the_end()
    {
        var release = Release.FromAToB(replicas: 10, Release.Canary("50%")).RunUntilWeight(5000);
        release.Intent = release.Intent with { Replicas = 4 };
        release.Settle();
        release.Wanted.StableReplicas.Should().Be(10);
        release.Wanted.CandidateReplicas.Should().Be(5);

        release.RunUntil(RolloutPhase.Succeeded);
        release.Wanted.CandidateReplicas.Should().Be(10);
        release.After(TimeSpan.FromMinutes(4)).Settle();
        release.Wanted.CandidateReplicas.Should().Be(10);
        release.After(TimeSpan.FromMinutes(1)).Settle();
        release.Wanted.CandidateReplicas.Should().Be(4);
    }

    [Fact]
    public void PD_75_An_autoscaler_that_sees_no_relief_from_more_pods_converges_at_twice_the_size()
    {
        var release = Release.FromAToB(replicas: 4, Release.Canary("50%")).RunUntilWeight(5000);
        for (var i = 0; i < 20; i++)
        {
            // Memory per pod stays the same, so that it asks for as many pods as there are.
            release.Intent = release.Intent with { Replicas = release.Candidate.ReadyEndpoints + release.Stable!.ReadyEndpoints };
            release.Settle().PodsFollow();
        }

        (release.Candidate.ReadyEndpoints + release.Stable!.ReadyEndpoints).Should().BeLessThanOrEqualTo(8);
    }

    [Fact]
    public void PD_77_More_wanted_replicas_while_baking_size_both_revisions_and_the_phase_advances()
    {
        var release = Release.FromAToB(replicas: 4).RunUntil(RolloutPhase.Baking);
        release.Intent = release.Intent with { Replicas = 6 };
        release.Settle();
        release.Wanted.CandidateReplicas.Should().Be(6);
        release.Wanted.StableReplicas.Should().Be(4);
        release.RunUntil(RolloutPhase.Succeeded);
    }

    [Fact]
    public void PD_78_A_new_revision_while_no_pods_are_wanted_is_tried_on_one_and_adopted()
    {
        var release = Release.FromAToB(replicas: 0);
        release.RunUntil(r => r.Wanted.CandidateReplicas == 1);

        release.RunUntil(RolloutPhase.Succeeded, r => r.After(TimeSpan.FromSeconds(1)));

        release.Record.Reason.Should().Be(RolloutReasons.AdoptedIdle);
        release.Wanted.CandidateReplicas.Should().Be(0);
        release.Wanted.Route!.Backends.Should().ContainSingle().Which.Revision.Should().Be("b");
        release.Writes.Should().NotContain("b=2");
    }

    [Fact]
    public void PD_78_A_wrong_golden_answer_is_not_adopted_either()
    {
        var release = Release.FromAToB(replicas: 0);
        release.Settle();
        release.PodsFollow().GatewaysConfirm().Settle();
        release.TestsFail("found NaN").Settle();
        release.Record.Reason.Should().Be(RolloutReasons.TestFailed);
    }

    [Fact]
    public void A_size_of_none_in_the_middle_moves_no_traffic_and_uses_up_no_deadline()
    {
        var release = Release.FromAToB(replicas: 4, Release.Canary("50%")).RunUntilWeight(5000);
        release.Intent = release.Intent with { Replicas = 0 };
        release.Settle();
        release.PodsFollow().CandidatePods(0).StablePods(0).After(TimeSpan.FromHours(3)).GatewaysConfirm().Settle();

        release.Weight.Should().Be(5000);
        release.Record.Phase.Should().Be(RolloutPhase.Progressing);
        release.Record.Holds?.Should().NotContain(h => h.Name == RolloutReasons.CapacityHold);
    }

    [Fact]
    public void PD_81_Pods_of_both_arms_never_sum_to_less_than_the_wanted_size_while_traffic_goes_back()
    {
        var release = Release.FromAToB(replicas: 10, Release.Canary("60%")).RunUntilWeight(6000);
        release.PodsFollow().StablePods(4);
        release.Intent = release.Intent with { WantedRevision = "a" };

        for (var ready = 4; ready <= 10; ready++)
        {
            release.StablePods(ready).Settle();
            (release.Stable!.ReadyEndpoints + release.Wanted.CandidateReplicas).Should().BeGreaterThanOrEqualTo(10);
        }
    }

    [Fact]
    public void PD_82_A_small_size_with_a_small_weight_is_one_pod_at_that_weight()
    {
        var release = Release.FromAToB(replicas: 2, Release.Canary("5%")).RunUntilWeight(500);
        release.Wanted.CandidateReplicas.Should().Be(1);
    }
}
