using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Requests;

public sealed class PromoteTests
{
    /// <summary>PD-69.</summary>
    [Fact]
    public void PD_69_A_promotion_ends_the_wait_and_what_follows_is_still_weighed()
    {
        var release = Release.FromAToB().RunUntilStep("wait 1m");
        release.GatewaysConfirm().Settle();
        release.Ask(RequestAction.Promote).Settle();

        release.Record.Step.Name.Should().Be("analyze");
        release.LastAnswer.Message.Should().Contain("step 4 of").And.Contain("before its time");
        release.RunUntil(RolloutPhase.Succeeded).Record.Reason.Should().Be(RolloutReasons.Proved);
    }

    /// <summary>PD-34.</summary>
    [Fact]
    public void PD_34_A_promotion_over_missing_evidence_passes_the_step_as_overridden_and_the_hold_does_not_come_back()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Run(4000);
        release.HasHold(RolloutReasons.EvidenceMissingHold).Should().BeTrue();

        release.Ask(RequestAction.Promote).GatewaysConfirm().Settle();

        release.LastAnswer.Message.Should().Contain("overridden by a person");
        release.Record.Step.Name.Should().Be("weight 50%");
        release.HasHold(RolloutReasons.EvidenceMissingHold).Should().BeFalse();
        release.RunUntil(RolloutPhase.Succeeded).Record.Reason.Should().Be(RolloutReasons.Forced);
    }

    [Fact]
    public void A_promotion_without_evidence_needs_force()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Run(90);
        release.Ask(RequestAction.Promote).Settle();
        release.LastAnswer.Message.Should().Contain("errors").And.Contain("Unknown").And.Contain("ask with force");

        release.Ask(RequestAction.Promote, force: true).Settle();
        release.LastAnswer.Phase.Should().Be(RequestPhase.Honoured);
        release.Record.Step.Name.Should().Be("weight 50%");
    }

    /// <summary>PD-62.</summary>
    [Fact]
    public void PD_62_A_full_promotion_under_a_pause_is_refused_unless_forced_and_then_needs_no_second_call()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Intent = release.Intent with { Paused = true };
        release.Traffic().Settle();

        release.Ask(RequestAction.Promote, full: true).Settle();
        release.LastAnswer.Message.Should().Contain("held by User").And.Contain("full and force");
        release.Ask(RequestAction.Promote, full: true, force: true);

        release.RunUntil(RolloutPhase.Succeeded).Record.Reason.Should().Be(RolloutReasons.Forced);
    }

    [Fact]
    public void A_pause_that_is_asked_for_after_a_forced_promotion_holds()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Intent = release.Intent with { Paused = true };
        release.Traffic().Ask(RequestAction.Promote, full: true, force: true).Settle().Ask(RequestAction.Pause).Settle();

        release.HasHold(RolloutReasons.UserHold).Should().BeTrue();
        release.Run(300, r => r.Traffic());
        release.Weight.Should().Be(1000);
    }

    [Fact]
    public void A_pause_after_a_forced_promotion_holds_though_an_earlier_one_was_passed_by_it()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Traffic().Ask(RequestAction.Pause).Settle().Ask(RequestAction.Promote, full: true, force: true).Settle();
        release.HasHold(RolloutReasons.UserHold).Should().BeFalse();

        release.Ask(RequestAction.Pause).Settle();

        release.LastAnswer.Phase.Should().Be(RequestPhase.Honoured);
        release.HasHold(RolloutReasons.UserHold).Should().BeTrue();
    }

    /// <summary>PD-63.</summary>
    [Fact]
    public void PD_63_A_full_promotion_waits_for_pods_and_its_guards_still_take_back()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        for (var i = 0; i < 8; i++)
        {
            release.Traffic().Decide();
        }

        release.Ask(RequestAction.Promote, full: true).Settle();
        release.LastAnswer.Phase.Should().Be(RequestPhase.Honoured);
        release.Weight.Should().Be(1000);
        release.Record.Message.Should().Contain("3 pods of delays-b");
        release.PodsFollow().Settle();
        release.Weight.Should().Be(10_000);

        release.GatewaysConfirm().Settle().Block(1000, 900, 0, 0).Settle();
        release.Record.Should().BeEquivalentTo(new { Phase = RolloutPhase.RollingBack, Reason = RolloutReasons.Failed });
    }

    /// <summary>PD-64.</summary>
    [Fact]
    public void PD_64_A_promotion_that_is_made_anew_under_its_name_is_used_already()
    {
        var release = Release.FromAToB().RunUntilStep("wait 1m");
        release.GatewaysConfirm().Settle().Ask(RequestAction.Promote, name: "from-git").Settle();
        release.Ask(RequestAction.Promote, name: "from-git").Settle();

        release.LastAnswer.Phase.Should().Be(RequestPhase.Refused);
        release.LastAnswer.Message.Should().StartWith("AlreadyUsed");
        release.Record.Step.Name.Should().Be("analyze");
    }

    [Fact]
    public void Of_two_promotions_of_one_step_the_second_is_told_who_was_first()
    {
        var release = Release.FromAToB().RunUntilStep("wait 1m");
        release.GatewaysConfirm().Settle().Ask(RequestAction.Promote).Ask(RequestAction.Promote, by: "joe@example.com").Settle();

        release.AnswerTo(2).Message.Should().Contain("is at step 5 of").And.Contain("for step 4").And.Contain("jane@example.com");
        release.Record.Step.Name.Should().Be("analyze");
    }

    [Fact]
    public void A_promotion_before_any_traffic_is_refused()
    {
        var release = Release.FromAToB();
        release.Settle().Ask(RequestAction.Promote, full: true, force: true).Settle();
        release.LastAnswer.Message.Should().Contain("gets no requests yet");
        release.Record.Phase.Should().Be(RolloutPhase.Preparing);
    }

    [Fact]
    public void A_promotion_of_a_step_that_waits_for_pods_is_refused_with_what_it_waits_for()
    {
        var release = Release.FromAToB().RunUntilStep("weight 50%");
        release.Ask(RequestAction.Promote, force: true).Settle();
        release.LastAnswer.Message.Should().Contain("which no promotion replaces").And.Contain("pods of delays-b");
    }

    [Theory]
    [InlineData(RolloutPhase.Baking, "has promoted delays-b at")]
    [InlineData(RolloutPhase.Succeeded, "has ended (Succeeded")]
    public void A_promotion_after_the_promotion_is_refused(RolloutPhase phase, string words)
    {
        var release = Release.FromAToB().RunUntil(phase);
        release.Settle().Ask(RequestAction.Promote, full: true).Settle();
        release.LastAnswer.Message.Should().Contain(words);
    }

    [Fact]
    public void A_guard_that_fails_beats_a_promotion_of_the_same_moment()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Block(100, 100, 900, 0).Ask(RequestAction.Promote, full: true, force: true).Settle();

        release.Record.Reason.Should().Be(RolloutReasons.Failed);
        release.LastAnswer.Message.Should().Contain("is being taken back (Failed)");
    }
}
