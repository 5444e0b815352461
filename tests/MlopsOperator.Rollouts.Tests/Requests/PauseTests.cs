using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Requests;

public sealed class PauseTests
{
    [Fact]
    public void A_pause_holds_and_a_resume_lets_it_go_on()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Ask(RequestAction.Pause).Run(600, r => r.Traffic());

        release.Weight.Should().Be(1000);
        release.HasHold(RolloutReasons.UserHold).Should().BeTrue();
        release.Record.Message.Should().Contain("jane@example.com (unverified) paused it").And.Contain("because").And.Contain("kubectl mlops resume delays -n prod");

        release.Ask(RequestAction.Resume, by: "joe@example.com").Settle();
        release.HasHold(RolloutReasons.UserHold).Should().BeFalse();
        release.RunUntil(RolloutPhase.Succeeded).Record.Reason.Should().Be(RolloutReasons.Proved);
    }

    /// <summary>PD-6.</summary>
    [Fact]
    public void PD_6_A_pause_from_the_rollout_before_holds_from_the_beginning_while_pods_come_up()
    {
        var release = Release.FromAToB();
        release.PauseBefore = new RolloutPause { Request = "pause", By = "jane@example.com", Since = Release.Start };
        release.Run(120);

        release.Record.Phase.Should().Be(RolloutPhase.Preparing);
        release.CandidatePods(1).Settle();
        release.Weight.Should().Be(0);
        release.Record.Message.Should().Contain("kubectl mlops resume");

        release.Ask(RequestAction.Resume);
        release.RunUntilWeight(1000);
    }

    [Fact]
    public void A_pause_with_nothing_under_way_is_kept_for_the_next_rollout()
    {
        var release = Release.FromAToB().RunUntil(RolloutPhase.Succeeded);
        release.Settle().Ask(RequestAction.Pause).Settle();

        release.LastAnswer.Phase.Should().Be(RequestPhase.Honoured);
        release.Record.Paused.Should().BeEquivalentTo(new { Request = "request-1", By = "jane@example.com" });
        release.Record.Holds.Should().BeNull();
        release.Ask(RequestAction.Resume).Settle();
        release.Record.Paused.Should().BeNull();
    }

    [Fact]
    public void The_second_of_two_pauses_is_told_who_was_first()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Ask(RequestAction.Pause).Ask(RequestAction.Pause, by: "joe@example.com").Settle();

        release.LastAnswer.Message.Should().Contain("paused already").And.Contain("jane@example.com");
    }

    [Fact]
    public void A_resume_is_refused_while_the_spec_says_paused()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Intent = release.Intent with { Paused = true };
        release.Ask(RequestAction.Pause).Ask(RequestAction.Resume).Settle();

        release.LastAnswer.Phase.Should().Be(RequestPhase.Refused);
        release.LastAnswer.Message.Should().Contain("spec.paused of ModelDeployment delays is true").And.Contain("kubectl patch mdep delays -n prod");
        release.Record.Paused.Should().NotBeNull();
    }

    [Fact]
    public void A_resume_with_nothing_to_resume_is_refused_and_names_who_resumed()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Ask(RequestAction.Resume).Settle();
        release.LastAnswer.Message.Should().Contain("neither paused nor contested").And.NotContain("unverified");

        release.Ask(RequestAction.Pause).Settle().Ask(RequestAction.Resume).Ask(RequestAction.Resume, by: "joe@example.com").Settle();
        release.AnswerTo(3).Phase.Should().Be(RequestPhase.Honoured);
        release.AnswerTo(4).Message.Should().Contain("jane@example.com");
    }

    [Fact]
    public void A_resume_ends_Contested_until_a_new_fight_begins()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Intent = release.Intent with { Contested = true };
        release.Settle().HasHold(RolloutReasons.ContestedHold).Should().BeTrue();

        release.Ask(RequestAction.Resume).Settle();
        release.HasHold(RolloutReasons.ContestedHold).Should().BeFalse();
        release.After(TimeSpan.FromSeconds(10)).Settle().HasHold(RolloutReasons.ContestedHold).Should().BeFalse("it is the same fight");

        release.Intent = release.Intent with { Contested = false };
        release.Settle();
        release.Intent = release.Intent with { Contested = true };
        release.Settle().HasHold(RolloutReasons.ContestedHold).Should().BeTrue();
    }

    [Fact]
    public void A_guard_that_fails_takes_back_under_a_pause()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Ask(RequestAction.Pause).Settle();

        release.RunUntil(RolloutPhase.RolledBack, r => r.Traffic(candidateErrorRate: 1)).Record.Reason.Should().Be(RolloutReasons.Failed);
        release.Record.Paused.Should().NotBeNull("the next rollout is held too");
    }
}
