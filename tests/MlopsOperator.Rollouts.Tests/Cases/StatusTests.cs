using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Cases;

public sealed class StatusTests
{
    [Fact]
    public void PD_105_Conditions_say_what_a_rollout_does()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        Status(release, ConditionTypes.Progressing).Should().Be("True/Progressing");
        Status(release, ConditionTypes.Promoted).Should().Be("False/NotPromoted");

        release.RunUntil(RolloutPhase.Succeeded);
        Status(release, ConditionTypes.Progressing).Should().Be("False/Proved");
        Status(release, ConditionTypes.Promoted).Should().Be("True/Proved");
        Status(release, ConditionTypes.Analyzed).Should().Be("True/Proved");
    }

    [Fact]
    public void PD_105_Conditions_of_a_rollout_that_was_taken_back_name_the_reason()
    {
        var release = Release.FromAToB().RunUntilWeight(1000).RunUntil(RolloutPhase.RolledBack, r => r.Traffic(candidateErrorRate: 1));
        Status(release, ConditionTypes.RolledBack).Should().Be("True/Failed");
        Status(release, ConditionTypes.Analyzed).Should().Be("False/Failed");
        Status(release, ConditionTypes.Progressing).Should().Be("False/Failed");
    }

    [Fact]
    public void A_condition_keeps_its_time_while_its_status_stays()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        var since = Find(release, ConditionTypes.Progressing).LastTransitionTime;
        release.RunUntil(RolloutPhase.Promoting);
        Find(release, ConditionTypes.Progressing).LastTransitionTime.Should().Be(since);
    }

    [Fact]
    public void Columns_show_step_weight_and_what_is_waited_for()
    {
        var release = Release.FromAToB().RunUntilStep("wait 1m");
        release.Record.Columns.Should().BeEquivalentTo(new RolloutColumns
        {
            Step = "4/11",
            Weight = "10%",
            WaitingFor = release.Record.Step.WaitingFor,
        });
        release.Record.Step.WaitingFor.Should().StartWith("1m since 2026-03-01T12:00:");

        release.RunUntil(RolloutPhase.Succeeded);
        release.Record.Columns!.Weight.Should().Be("100%");
        release.Record.Columns.WaitingFor.Should().BeNull();
    }

    [Fact]
    public void The_history_is_an_audit_trail_of_who_did_what_and_why()
    {
        var release = Release.FromAToB().RunUntil(RolloutPhase.Succeeded);
        release.Record.History!.Select(h => h.Event).Should().ContainInOrder(
            "RolloutStarted", "TestsAnswered", "WeightRaised", "StepCompleted", "WeightRaised", "Promoted", "TrafficRemoved", "RolloutSucceeded");
        release.Record.History.Should().Contain(h => h.Detail == "Weight of delays-b raised from 10% to 50%: 2 pods ready.");
        release.Record.History[0].Actor.Should().Be("Git");
    }

    [Fact]
    public void A_history_keeps_its_newest_entries()
    {
        var release = Release.FromAToB(replicas: 4, Release.Canary("50%")).RunUntilWeight(5000);
        for (var i = 0; i < 200; i++)
        {
            release.CandidatePods(i % 2 == 0 ? 0 : 2).Settle();
        }

        release.Record.History.Should().HaveCount(100);
        release.Last.Events.Should().BeEmpty("nothing new happened");
        release.CandidatePods(0).Decide().Events.Should().Contain(e => e.Reason == "WeightLowered");
    }

    [Fact]
    public void A_decision_says_when_time_alone_may_change_it()
    {
        var release = Release.FromAToB().RunUntilStep("wait 1m");
        release.Settle();
        release.Last.RequeueAfter.Should().BePositive().And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(30));
        release.After(TimeSpan.FromSeconds(55)).Settle();
        release.Last.RequeueAfter.Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_changed_host_raises_the_sequence_and_asks_for_a_new_acknowledgement()
    {
        var release = Release.FromAToB().RunUntil(RolloutPhase.Succeeded);
        release.GatewaysConfirm().Settle();
        var sequence = release.Record.Sequence;

        release.Intent = release.Intent with { Hosts = ["delays.example.com", "delays.prod"] };
        var decision = release.Decide();

        decision.MustSave.Should().BeTrue();
        decision.Wanted.Route!.Sequence.Should().Be(sequence + 1);
        decision.Wanted.Route.Hosts.Should().HaveCount(2);
        release.Record.Step.AcknowledgedAt.Should().BeNull();
        release.Decide().Wanted.Route!.Sequence.Should().Be(sequence + 1);
    }

    private static string Status(Release release, string type)
    {
        var condition = Find(release, type);
        return condition.Status + "/" + condition.Reason;
    }

    private static Condition Find(Release release, string type) =>
        release.Record.Conditions!.Single(c => string.Equals(c.Type, type, StringComparison.Ordinal));
}
