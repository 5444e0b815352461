using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Requests;

public sealed class AbortTests
{
    /// <summary>PD-12.</summary>
    [Fact]
    public void PD_12_An_abort_takes_the_weight_back_then_waits_for_gateways_then_scales_down()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Writes.Clear();

        release.Ask(RequestAction.Abort).Decide();
        release.Weight.Should().Be(0);
        release.Record.Phase.Should().Be(RolloutPhase.RollingBack);
        release.Settle().Wanted.CandidateReplicas.Should().Be(1, "gateways have not confirmed");
        release.RunUntil(RolloutPhase.RolledBack);

        release.Record.Reason.Should().Be(RolloutReasons.Aborted);
        release.Record.Message.Should().Contain("jane@example.com (unverified): because");
        var (route, scaled) = (release.Writes.FindIndex(w => w.StartsWith("route", StringComparison.Ordinal)), release.Writes.IndexOf("b=0"));
        route.Should().BeGreaterThan(0, "the record comes first");
        scaled.Should().BeGreaterThan(release.Writes.FindIndex(w => w.Contains("drained", StringComparison.Ordinal)) - 1);
        scaled.Should().BeGreaterThan(route);
        release.LastAnswer.Should().BeEquivalentTo(new { Phase = RequestPhase.Honoured, By = "jane@example.com", Reason = "because", Identity = RequestIdentity.Unverified, Name = "request-1" });
    }

    [Fact]
    public void An_abort_makes_a_slow_way_back_an_urgent_one()
    {
        var release = Release.FromAToB().RunUntilWeight(5000);
        release.StablePods(1);
        release.Intent = release.Intent with { WantedRevision = "a" };
        release.Decide();
        release.Record.Reason.Should().Be(RolloutReasons.Reverted);
        release.Weight.Should().BeGreaterThan(0, "stable does not bear more yet");

        release.Ask(RequestAction.Abort).Decide();

        release.LastAnswer.Phase.Should().Be(RequestPhase.Honoured);
        release.Record.Reason.Should().Be(RolloutReasons.Aborted);
        release.Weight.Should().Be(0);
    }

    /// <summary>PD-60.</summary>
    [Fact]
    public void PD_60_An_abort_with_nothing_under_way_is_refused_and_changes_nothing()
    {
        var release = Release.FromAToB().RunUntil(RolloutPhase.Succeeded);
        release.Settle();
        var wanted = release.Wanted;

        release.Ask(RequestAction.Abort).Settle();

        release.LastAnswer.Phase.Should().Be(RequestPhase.Refused);
        release.LastAnswer.Message.Should().Contain("delays-2 has ended (Succeeded, Proved)").And.Contain("set spec.modelVersionRef of ModelDeployment delays to delays-a");
        release.Record.Phase.Should().Be(RolloutPhase.Succeeded);
        release.Wanted.Should().BeEquivalentTo(wanted);
    }

    /// <summary>PD-61.</summary>
    [Fact]
    public void PD_61_An_abort_beats_a_full_promotion_that_waits_for_pods()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Traffic().Ask(RequestAction.Promote, full: true, force: true).Settle();
        release.Record.Phase.Should().Be(RolloutPhase.Promoting);
        release.Weight.Should().Be(1000, "the pods for all traffic are not ready");

        release.Ask(RequestAction.Abort).Settle();

        release.Record.Should().BeEquivalentTo(new { Phase = RolloutPhase.RollingBack, Reason = RolloutReasons.Aborted });
        release.Weight.Should().Be(0);
    }

    [Fact]
    public void An_abort_beats_a_promotion_that_was_asked_for_before_it()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Traffic().Ask(RequestAction.Promote, full: true, force: true).Ask(RequestAction.Abort).Settle();

        release.Record.Reason.Should().Be(RolloutReasons.Aborted);
        release.AnswerTo(2).Phase.Should().Be(RequestPhase.Honoured);
        release.AnswerTo(1).Message.Should().Contain("is being taken back");
    }

    [Fact]
    public void The_second_of_two_aborts_is_told_who_was_first()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Ask(RequestAction.Abort).Ask(RequestAction.Abort, by: "joe@example.com").Settle();

        release.AnswerTo(1).Phase.Should().Be(RequestPhase.Honoured);
        release.AnswerTo(2).Phase.Should().Be(RequestPhase.Refused);
        release.AnswerTo(2).Message.Should().Contain("already").And.Contain("jane@example.com").And.Contain("request-1");
    }

    [Fact]
    public void An_abort_while_baking_goes_back_to_the_warm_revision()
    {
        var release = Release.FromAToB().RunUntil(RolloutPhase.Baking);
        release.GatewaysConfirm().Settle();

        release.Ask(RequestAction.Abort).Decide();

        release.Record.PromotedAt.Should().BeNull();
        release.Record.Weights.Should().Be(new RolloutWeights { Stable = 10_000 });
        release.RunUntil(RolloutPhase.RolledBack).Record.Reason.Should().Be(RolloutReasons.Aborted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_abort_is_done_under_every_hold(bool paused)
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Intent = release.Intent with { Paused = paused, Contested = true };
        release.Settle().Ask(RequestAction.Abort).Settle();

        release.Record.Phase.Should().Be(RolloutPhase.RollingBack);
    }

    [Fact]
    public void A_first_version_cannot_be_aborted()
    {
        var release = Release.First();
        release.Ask(RequestAction.Abort).Settle();

        release.LastAnswer.Message.Should().Contain("there is nothing to go back to");
        release.RunUntil(RolloutPhase.Succeeded);
    }

    [Fact]
    public void An_abort_before_the_first_decision_starts_nothing_and_a_refused_one_does_not_delay_the_start()
    {
        var release = Release.FromAToB();
        release.Ask(RequestAction.Abort).Settle();
        release.Record.Should().BeEquivalentTo(new { Phase = RolloutPhase.RolledBack, Reason = RolloutReasons.Aborted });
        release.Writes.Should().NotContain(write => write.StartsWith("b=", StringComparison.Ordinal) && write != "b=deleted");

        var first = Release.First();
        first.Ask(RequestAction.Abort).Decide();
        first.Record.Phase.Should().Be(RolloutPhase.Preparing);
        first.Settle().LastAnswer.Phase.Should().Be(RequestPhase.Refused);
    }

    [Fact]
    public void An_abort_that_is_bound_to_another_rollout_is_refused_with_what_is_there()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Ask(RequestAction.Abort, rollout: new RequestedRollout { Name = "delays-2", Uid = "another" }).Settle();

        release.LastAnswer.Message.Should().Contain("found delays-2 (another)").And.Contain("delays-2 (uid-2)");
        release.Record.Phase.Should().Be(RolloutPhase.Progressing);
    }

    [Fact]
    public void An_abort_for_another_candidate_is_refused_with_its_digest()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        var other = "sha256:" + new string('0', 64);
        release.Ask("other", new RolloutRequestSpec { Deployment = "delays", Action = RequestAction.Abort, CandidateDigest = other }).Settle();
        release.LastAnswer.Message.Should().Contain(other).And.Contain(Release.DigestOfB);
        release.Ask("this", new RolloutRequestSpec { Deployment = "delays", Action = RequestAction.Abort, CandidateDigest = Release.DigestOfB }).Settle();

        release.LastAnswer.Phase.Should().Be(RequestPhase.Honoured);
        release.LastAnswer.Message.Should().NotContain("\n");
    }
}
