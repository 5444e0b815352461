using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Requests;

public sealed class ApproveTests
{
    private static RolloutStrategySpec Approved => Release.Canary() with
    {
        Canary = new CanaryStrategy { Steps = [new CanaryStep { Weight = "10%", Wait = "1m", Approve = new ApprovalSpec { Reason = "the bank has looked" } }, new CanaryStep { Weight = "50%", Wait = "1m" }] },
    };

    [Fact]
    public void A_step_that_needs_an_approval_waits_for_it_for_ever_and_says_so()
    {
        var release = Release.FromAToB(strategy: Approved).RunUntilStep("approve");
        for (var day = 0; day < 3; day++)
        {
            release.Run(60, r => r.Traffic());
            release.After(TimeSpan.FromDays(1)).Traffic().GatewaysConfirm().Decide();
        }

        release.Weight.Should().Be(1000);
        release.Record.Holds.Should().ContainSingle().Which.Name.Should().Be(RolloutReasons.ApprovalHold);
        release.Record.Message.Should().Contain("approval of step 6: the bank has looked").And.Contain("kubectl mlops approve delays -n prod");
        release.Ask(RequestAction.Approve).Settle();

        release.LastAnswer.Phase.Should().Be(RequestPhase.Honoured);
        release.Record.Holds.Should().BeNull();
        release.RunUntil(RolloutPhase.Succeeded).Record.Reason.Should().Be(RolloutReasons.Proved);
    }

    [Fact]
    public void The_second_of_two_approvals_is_told_who_was_first()
    {
        var release = Release.FromAToB(strategy: Approved).RunUntilStep("approve");
        release.Ask(RequestAction.Approve).Ask(RequestAction.Approve, by: "joe@example.com").Settle();

        release.AnswerTo(1).Phase.Should().Be(RequestPhase.Honoured);
        release.AnswerTo(2).Phase.Should().Be(RequestPhase.Refused);
        release.AnswerTo(2).Message.Should().Contain("jane@example.com");
    }

    [Fact]
    public void An_approval_of_another_step_is_refused_with_the_step_that_is_there()
    {
        var release = Release.FromAToB(strategy: Approved).RunUntilStep("approve");
        release.Ask(RequestAction.Approve, step: 5).Settle();

        release.LastAnswer.Message.Should().Contain("is at step 6 of").And.Contain("for step 5");
        release.HasHold(RolloutReasons.ApprovalHold).Should().BeTrue();
    }

    [Fact]
    public void An_approval_where_none_is_waited_for_names_the_step_that_will()
    {
        var release = Release.FromAToB(strategy: Approved).RunUntilWeight(1000);
        release.Ask(RequestAction.Approve).Settle();
        release.LastAnswer.Message.Should().Contain("waits for no approval").And.Contain("Step 6 will");
    }

    [Fact]
    public void No_promotion_replaces_an_approval()
    {
        var release = Release.FromAToB(strategy: Approved).RunUntilWeight(1000);
        release.Ask(RequestAction.Promote, full: true, force: true).Settle();
        release.LastAnswer.Message.Should().Contain("needs approval at step 6");

        release.RunUntilStep("approve").Settle().Ask(RequestAction.Promote, force: true).Settle();
        release.LastAnswer.Message.Should().Contain("held by Approval");
        release.Ask(RequestAction.Resume).Settle();
        release.HasHold(RolloutReasons.ApprovalHold).Should().BeTrue();
    }

    [Fact]
    public void Blue_green_asks_before_the_switch()
    {
        var strategy = Release.Canary() with { Canary = null, BlueGreen = new BlueGreenStrategy { Approve = new ApprovalSpec() } };
        var release = Release.FromAToB(strategy: strategy).RunUntilStep("approve");
        release.Run(120, r => r.Traffic());
        release.Weight.Should().Be(0);
        release.Candidate.ReadyEndpoints.Should().Be(3);

        release.Ask(RequestAction.Approve);
        release.RunUntilWeight(10_000);
    }

    [Fact]
    public void An_approval_of_a_weight_that_is_left_out_is_asked_for_at_the_weight_before()
    {
        var strategy = Release.Canary() with { Canary = new CanaryStrategy { Steps = [new CanaryStep { Weight = "10%" }, new CanaryStep { Weight = "100%", Approve = new ApprovalSpec() }] } };
        var release = Release.FromAToB(strategy: strategy).RunUntilStep("approve");
        release.Weight.Should().Be(1000);
    }

    [Fact]
    public void A_guard_that_fails_ends_the_wait_for_an_approval()
    {
        var release = Release.FromAToB(strategy: Approved).RunUntilStep("approve");
        release.RunUntil(RolloutPhase.RolledBack, r => r.Traffic(candidateErrorRate: 1)).Record.Reason.Should().Be(RolloutReasons.Failed);
        release.Record.Holds.Should().BeNull();
    }
}
