using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Cases;

public sealed class RevisionChangeTests
{
    [Fact]
    public void PD_41_Another_revision_takes_the_candidate_out_before_its_pods_go()
    {
        var release = Release.FromAToB(replicas: 4, Release.Canary("25%")).RunUntilWeight(2500);
        Want(release, "c").Settle();

        release.Weight.Should().Be(0);
        release.Record.Reason.Should().Be(RolloutReasons.Superseded);
        release.Record.TrafficRemovedAt.Should().BeNull("no gateway has confirmed: the next rollout must wait");
        release.Wanted.CandidateReplicas.Should().Be(1);

        release.After(TimeSpan.FromSeconds(1)).GatewaysConfirm().Settle();
        release.Record.TrafficRemovedAt.Should().NotBeNull();
        release.RunUntil(RolloutPhase.Superseded);
    }

    [Fact]
    public void PD_43_A_revert_takes_back_without_judging_stable_and_starts_none_of_its_pods()
    {
        var release = Release.FromAToB(replicas: 4, Release.Canary("25%")).RunUntilWeight(2500);
        var verdicts = release.Record.Verdicts;

        Want(release, "a").Settle();
        release.Wanted.StableReplicas.Should().Be(4);
        release.Weight.Should().Be(0);

        release.RunUntil(RolloutPhase.RolledBack);
        release.Record.Reason.Should().Be(RolloutReasons.Reverted);
        release.Record.Verdicts.Should().Equal(verdicts);
    }

    [Fact]
    public void PD_44_A_revert_while_preparing_moves_no_weight_and_waits_for_no_gateway()
    {
        var release = Release.FromAToB();
        release.Gateways = [];
        release.Settle();
        var route = release.Wanted.Route;

        Want(release, "a").Settle();

        release.Record.TrafficRemovedAt.Should().NotBeNull();
        release.Wanted.Route.Should().BeEquivalentTo(route);
        release.PodsFollow().Settle().PodsFollow().Settle();
        release.Record.Phase.Should().Be(RolloutPhase.RolledBack);
        release.Record.Reason.Should().Be(RolloutReasons.Reverted);
    }

    [Fact]
    public void PD_45_A_revert_while_taking_back_goes_on_as_it_was()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Block(100, 100, 900, 0).Settle();
        var history = release.Record.History;

        Want(release, "a").Settle();

        release.Record.Reason.Should().Be(RolloutReasons.Failed);
        release.Record.History.Should().Equal(history);
        release.RunUntil(RolloutPhase.RolledBack).Record.Reason.Should().Be(RolloutReasons.Failed);
    }

    [Fact]
    public void PD_46_47_48_A_rolled_back_rollout_never_moves_again_whatever_is_wanted()
    {
        var release = Release.FromAToB().RunUntilWeight(1000).RunUntil(RolloutPhase.RolledBack, r => r.Traffic(candidateErrorRate: 1));
        var record = release.Settle().Record;

        foreach (var wanted in new[] { "b", "c", "a" })
        {
            var decision = Want(release, wanted).After(TimeSpan.FromHours(1)).Decide();
            decision.MustSave.Should().BeFalse();
            release.Record.Phase.Should().Be(RolloutPhase.RolledBack);
            release.Record.History.Should().Equal(record.History);
            release.Wanted.Route!.Backends.Should().ContainSingle().Which.Revision.Should().Be("a");
            release.Wanted.StableReplicas.Should().Be(3);
            release.Wanted.CandidateReplicas.Should().BeNull();
        }
    }

    [Fact]
    public void PD_49_A_revert_before_the_flip_prevents_it()
    {
        var release = Release.FromAToB().RunUntil(r => r.Weight == 10_000);
        Want(release, "a").GatewaysConfirm().Settle();

        release.Record.PromotedAt.Should().BeNull();
        release.Record.Reason.Should().Be(RolloutReasons.Reverted);
        release.Weight.Should().Be(0);
        release.Wanted.Route!.Backends.Should().ContainSingle().Which.Revision.Should().Be("a");
    }

    [Fact]
    public void PD_49_A_revert_after_the_flip_keeps_the_old_revision_warm_for_the_next_rollout()
    {
        var release = Release.FromAToB().RunUntil(RolloutPhase.Baking);
        Want(release, "a").Run(600);

        release.Record.Phase.Should().Be(RolloutPhase.Baking);
        release.Record.PromotedAt.Should().NotBeNull();
        release.Wanted.StableReplicas.Should().Be(3);

        release.IsNewest = false;
        release.RevisionsOfNewer = ["b", "a"];
        release.Settle();
        release.Record.Phase.Should().Be(RolloutPhase.Succeeded);
        release.Last.Wanted.TouchesStable.Should().BeFalse("the next rollout shapes it");
        release.Last.Wanted.TouchesCandidate.Should().BeFalse();
    }

    [Fact]
    public void PD_50_Another_revision_while_baking_ends_the_bake_and_retires_the_old_one()
    {
        var release = Release.FromAToB().RunUntil(RolloutPhase.Baking);
        Want(release, "c").Settle();

        release.Record.Phase.Should().Be(RolloutPhase.Retiring);
        release.Record.PromotedAt.Should().NotBeNull();
        release.RunUntil(RolloutPhase.Succeeded).Record.Reason.Should().Be(RolloutReasons.Proved);
    }

    [Fact]
    public void PD_50_A_bake_that_a_newer_rollout_ends_retires_the_old_revision_only_after_the_newer_route()
    {
        var release = Release.FromAToB().RunUntil(RolloutPhase.Baking);
        release.GatewaysConfirm().Settle();
        var baked = release.Record.Sequence;
        release.IsNewest = false;
        release.RevisionsOfNewer = ["b", "c"];

        release.After(TimeSpan.FromMinutes(1)).Settle();
        release.Record.Phase.Should().Be(RolloutPhase.Retiring);
        release.Record.TrafficRemovedAt.Should().BeNull("gateways still have the route that lists the old revision");
        release.Last.Wanted.TouchesCandidate.Should().BeFalse("the new stable is the newer rollout's to shape");
        release.Wanted.StableReplicas.Should().Be(3);

        release.Gateways = [.. release.Gateways.Select(g => g with { Sequence = baked + 1, ScrapedAt = release.Now })];
        release.Settle();
        release.Record.TrafficRemovedAt.Should().NotBeNull();
        release.RunUntil(RolloutPhase.Succeeded);
        release.Stable!.Exists.Should().BeFalse();
        release.Candidate.Exists.Should().BeTrue();
    }

    [Fact]
    public void PD_56_Replicas_and_revision_that_change_together_while_held_both_take_effect()
    {
        var release = Release.FromAToB(replicas: 4, Release.Canary("25%")).RunUntilWeight(2500);
        release.Intent = release.Intent with { Paused = true };
        release.Settle();

        release.Intent = release.Intent with { Replicas = 8, WantedRevision = "c" };
        release.Settle();

        release.Record.Phase.Should().Be(RolloutPhase.RollingBack);
        release.Wanted.StableReplicas.Should().Be(8);
    }

    [Fact]
    public void PD_58_What_is_promoted_is_what_was_analysed()
    {
        var release = Release.FromAToB().RunUntil(RolloutPhase.Promoting);
        Want(release, "c").RunUntil(RolloutPhase.Superseded);
        release.Record.PromotedAt.Should().BeNull();
    }

    [Fact]
    public void A_spec_equal_to_the_candidate_changes_nothing()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Settle();
        Want(release, "b").Decide().MustSave.Should().BeFalse();
    }

    [Fact]
    public void A_superseded_leftover_that_the_next_rollout_wants_again_is_left_to_it()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        Want(release, "c").RunUntil(r => r.Record.TrafficRemovedAt is not null);
        release.IsNewest = false;
        release.RevisionsOfNewer = ["a", "b"];

        release.Settle();

        release.Record.Phase.Should().Be(RolloutPhase.Superseded);
        release.Last.Wanted.TouchesCandidate.Should().BeFalse();
    }

    [Fact]
    public void A_first_version_that_a_gateway_is_about_to_confirm_becomes_stable_before_it_is_superseded()
    {
        var release = Release.First().RunUntil(r => r.Record.Weights is not null);
        Want(release, "c").Settle();
        release.Record.Phase.Should().Be(RolloutPhase.Preparing);

        release.GatewaysConfirm().Settle();
        release.Record.Phase.Should().Be(RolloutPhase.Succeeded);
    }

    private static Release Want(Release release, string revision)
    {
        release.Intent = release.Intent with { WantedRevision = revision };
        return release;
    }
}
