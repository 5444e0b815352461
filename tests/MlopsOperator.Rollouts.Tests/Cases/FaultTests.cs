using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Cases;

public sealed class FaultTests
{
    /// <summary>After how many saves the operator dies, and loses what was only in memory.</summary>
    public static TheoryData<int> Crashes => [.. Enumerable.Range(1, 30)];

    [Theory]
    [MemberData(nameof(Crashes))]
    public void PD_83_A_crash_after_any_save_ends_in_the_same_state_without_a_weight_going_back(int save)
    {
        var release = Release.FromAToB(strategy: Release.Canary("10%", "50%"));
        var saved = release.Record;
        var saves = 0;
        var highest = 0;
        release.RunUntil(r =>
        {
            if (r.Last.MustSave)
            {
                saved = r.Record;
                saves++;
                if (saves == save)
                {
                    // What was saved is not applied, and a minute passes.
                    r.Record = saved;
                    r.After(TimeSpan.FromMinutes(1));
                }
            }

            if (r.Record.Phase is RolloutPhase.Progressing or RolloutPhase.Promoting)
            {
                r.Weight.Should().BeGreaterThanOrEqualTo(highest);
                highest = r.Weight;
            }

            return r.Record.Phase is RolloutPhase.Succeeded or RolloutPhase.RolledBack;
        });

        release.Record.Phase.Should().Be(RolloutPhase.Succeeded);
        release.Record.Reason.Should().Be(RolloutReasons.Proved);
    }

    [Fact]
    public void A_crash_that_loses_unsaved_evidence_only_delays()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        var saved = release.Record;
        release.Run(15, r => r.Traffic());
        release.Record = saved;
        release.RunUntil(RolloutPhase.Succeeded);
    }

    [Fact]
    public void PD_88_A_clock_that_jumps_back_ends_no_wait_early_and_lengthens_it_by_no_more_than_itself()
    {
        var release = Release.FromAToB().RunUntilStep("wait 1m");
        release.Run(30, r => r.Traffic());
        release.After(TimeSpan.FromMinutes(-10));
        var jumped = release.Now;

        release.RunUntilStep("analyze");

        (release.Now - jumped).Should().BeGreaterThanOrEqualTo(TimeSpan.FromSeconds(30)).And.BeLessThanOrEqualTo(TimeSpan.FromSeconds(62));
        release.Record.History!.Select(h => h.Time).Should().BeInAscendingOrder();
        release.RunUntil(RolloutPhase.Succeeded);
    }

    [Fact]
    public void PD_89_A_decision_made_again_after_a_lost_save_is_the_same()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Block(100, 100, 900, 0);
        var inputs = release.Inputs();

        var first = RolloutEngine.Decide(inputs);
        var second = RolloutEngine.Decide(inputs);

        second.Should().BeEquivalentTo(first, o => o.Excluding(d => d.Record.Evidence));
        second.Record.Evidence!.ToJsonString().Should().Be(first.Record.Evidence!.ToJsonString());
    }

    [Fact]
    public void PD_90_A_rollout_that_is_over_saves_nothing_however_often_it_is_looked_at()
    {
        var release = Release.FromAToB().RunUntil(RolloutPhase.Succeeded);
        release.GatewaysConfirm().Settle();
        for (var i = 0; i < 100; i++)
        {
            release.After(TimeSpan.FromMinutes(1)).Decide().MustSave.Should().BeFalse();
        }

        release.Last.RequeueAfter.Should().BeNull();
    }

    [Fact]
    public void Waiting_saves_nothing_but_evidence_now_and_then()
    {
        var release = Release.FromAToB().RunUntilStep("wait 1m");
        release.Settle();
        var saves = 0;
        for (var i = 0; i < 50; i++)
        {
            saves += release.Traffic().Decide().MustSave ? 1 : 0;
        }

        saves.Should().BeInRange(2, 3, "every 20 intervals");
    }

    [Fact]
    public void PD_101_A_deployment_that_is_deleted_decides_nothing_more_and_keeps_what_was_wanted()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        var (record, wanted) = (release.Record, release.Wanted);
        release.Intent = release.Intent with { Deleting = true, WantedRevision = "c" };

        var decision = release.Traffic(candidateErrorRate: 1).CandidatePods(0).Decide();

        decision.MustSave.Should().BeFalse();
        decision.Record.Should().BeSameAs(record);
        decision.Wanted.Should().BeEquivalentTo(wanted);
        decision.RequeueAfter.Should().BeNull();
    }

    [Fact]
    public void PD_103_A_strategy_that_cannot_be_read_takes_the_documented_defaults()
    {
        var release = Release.FromAToB(replicas: 20, new Api.Strategies.RolloutStrategySpec
        {
            Canary = new Api.Strategies.CanaryStrategy { Steps = [new Api.Strategies.CanaryStep { Weight = "lots", Wait = "soon" }] },
            Bake = "a while",
        });
        release.RunUntilWeight(500).Record.Step.Name.Should().Be("wait 5m");
        release.Record.Columns!.Step.Should().Be("4/17");
    }
}
