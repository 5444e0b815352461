using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Cases;

public sealed class EvidenceTests
{
    [Fact]
    public void PD_21_No_request_reached_the_candidate_is_unknown_and_held()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);

        release.Run(4000, r => r.Block(0, 0, 1000, 1));

        release.Record.Phase.Should().Be(RolloutPhase.Progressing);
        release.Weight.Should().Be(1000);
        release.Record.Verdicts.Should().Contain(v => v.Metric == "errors.ceiling" && v.State == VerdictState.Unknown && v.Reason == "NoTraffic");
        release.HasHold(RolloutReasons.EvidenceMissingHold).Should().BeTrue();
    }

    [Fact]
    public void PD_22_Silence_after_good_evidence_is_no_pass()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Run(55, r => r.Traffic());
        var samples = release.Record.Verdicts![0].Samples;

        release.Run(600);

        release.Record.Step.Name.Should().Be("analyze");
        release.Weight.Should().Be(1000);
        release.Record.Verdicts[0].Samples.Should().Be(samples, "what was seen stays");
        release.Record.Verdicts.Should().OnlyContain(v => v.State == VerdictState.Unknown && v.Reason == "Stale");

        release.RunUntil(r => r.Weight == 5000);
    }

    [Fact]
    public void PD_23_NaN_is_unknown_and_never_decides()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);

        release.Run(300, r => r.Block(double.NaN, double.NaN, 900, 1));

        release.Weight.Should().Be(1000);
        release.Record.Phase.Should().Be(RolloutPhase.Progressing);
        release.Record.Verdicts.Should().OnlyContain(v => v.State == VerdictState.Unknown);
    }

    [Fact]
    public void PD_26_An_unreachable_source_holds_the_weight_and_the_rollout_resumes_by_itself()
    {
        var strategy = Release.Canary("25%");
        strategy = strategy with { Analysis = strategy.Analysis! with { Unknown = new UnknownPolicy { After = "5m" } } };
        var release = Release.FromAToB(replicas: 4, strategy).RunUntilWeight(2500);

        release.Run(600);
        release.Weight.Should().Be(2500);
        release.HasHold(RolloutReasons.EvidenceMissingHold).Should().BeTrue();

        release.RunUntil(RolloutPhase.Succeeded);
        release.Record.Holds.Should().BeNull();
    }

    [Fact]
    public void Missing_evidence_takes_back_where_the_strategy_says_so()
    {
        var strategy = Release.Canary("25%");
        strategy = strategy with { Analysis = strategy.Analysis! with { Unknown = new UnknownPolicy { After = "5m", Then = UnknownAction.RollBack } } };
        var release = Release.FromAToB(replicas: 4, strategy).RunUntilWeight(2500);

        release.RunUntil(RolloutPhase.RolledBack, r => r.After(TimeSpan.FromSeconds(1)));

        release.Record.Reason.Should().Be(RolloutReasons.Failed);
        release.Record.Message.Should().Contain("Unknown for 5m");
    }

    [Fact]
    public void PD_30_A_guard_that_fails_takes_back_within_the_block_that_proves_it()
    {
        var release = Release.FromAToB(replicas: 4, Release.Canary("10%", "25%", "40%", "50%")).RunUntilWeight(2500);

        release.Block(250, 250, 750, 1).Decide();

        release.Record.Phase.Should().Be(RolloutPhase.RollingBack);
        release.Wanted.Route!.Backends.Should().ContainSingle().Which.Revision.Should().Be("a");
        release.Last.Events.Should().Contain(e => e.Reason == "RollingBack" && e.Warning);
    }

    [Fact]
    public void PD_31_One_pass_among_unknown_required_metrics_does_not_advance()
    {
        var strategy = Release.Canary("25%");
        strategy = strategy with
        {
            Analysis = strategy.Analysis! with
            {
                Metrics =
                [
                    .. strategy.Analysis.Metrics!,
                    new AnalysisMetric { Name = "latency", Latency = new LatencyRule(), Required = true },
                ],
            },
        };
        var release = Release.FromAToB(replicas: 4, strategy).RunUntilWeight(2500);

        // Durations are not reported, so that latency has no data.
        release.Run(600, r => r.Traffic());

        release.Record.Verdicts.Should().Contain(v => v.Metric == "errors.ceiling" && v.State == VerdictState.Pass);
        release.Record.Step.Name.Should().Be("analyze");
        release.Weight.Should().Be(2500);
        release.Record.Step.WaitingFor.Should().Contain("latency").And.NotContain("errors");
    }

    [Fact]
    public void PD_33_A_wait_that_ends_without_data_is_held_whatever_the_strategy_allows()
    {
        var strategy = Release.Canary("25%");
        strategy = strategy with { Analysis = strategy.Analysis! with { Advance = AdvanceMode.NotFailed } };
        var release = Release.FromAToB(replicas: 4, strategy).RunUntilWeight(2500);

        release.Run(600, r => r.Block(0, 0, 1000, 1));

        release.Weight.Should().Be(2500);
        release.Record.PromotedAt.Should().BeNull();
    }

    [Fact]
    public void Little_traffic_advances_unproved_where_the_strategy_allows()
    {
        var strategy = Release.Canary("25%");
        strategy = strategy with { Analysis = strategy.Analysis! with { Advance = AdvanceMode.NotFailed } };
        var release = Release.FromAToB(replicas: 4, strategy);

        release.RunUntil(RolloutPhase.Succeeded, r => r.Block(1, 0, 3, 0));

        release.Record.Reason.Should().Be(RolloutReasons.Unproved);
    }

    [Fact]
    public void PD_37_Pods_that_churn_end_no_analysis_early()
    {
        var release = Release.FromAToB(replicas: 4, Release.Canary("25%")).RunUntilWeight(2500);
        release.Run(5, r => r.Traffic());
        var record = release.Record;

        release.CandidatePods(0).Settle();
        release.CandidatePods(1).Settle();

        release.Weight.Should().Be(2500);
        release.Record.Phase.Should().Be(RolloutPhase.Progressing);
        release.Record.Verdicts![0].Samples.Should().Be(record.Verdicts![0].Samples);
    }

    [Fact]
    public void PD_38_Evidence_from_before_the_acknowledgement_proves_nothing()
    {
        var release = Release.FromAToB(strategy: Release.Canary("10%")).RunUntil(r => r.Weight == 1000);
        for (var i = 0; i < 100; i++)
        {
            release.Traffic().Decide();
        }

        release.Record.Step.AcknowledgedAt.Should().BeNull();
        release.GatewaysConfirm().Settle();
        release.Record.Verdicts![0].PassEvidence.Should().Be(0);
        release.Record.Verdicts.Should().OnlyContain(v => v.State == VerdictState.Unknown);
    }

    [Fact]
    public void Errors_from_before_the_acknowledgement_fail_the_candidate_all_the_same()
    {
        var release = Release.FromAToB(strategy: Release.Canary("10%")).RunUntil(r => r.Weight == 1000);
        release.Block(100, 100, 900, 0, sequence: release.Record.Sequence - 1).Decide();
        release.Record.Phase.Should().Be(RolloutPhase.RollingBack);
    }

    [Fact]
    public void PD_39_Without_required_metrics_a_step_waits_for_its_time_and_for_data()
    {
        var strategy = Release.Canary("25%");
        strategy = strategy with
        {
            Analysis = strategy.Analysis! with { Metrics = [new AnalysisMetric { Name = "errors", ErrorRate = new ErrorRateRule { Ceiling = "1%" } }] },
        };
        var release = Release.FromAToB(replicas: 4, strategy).RunUntilWeight(2500);
        release.Run(300, r => r.Block(0, 0, 1000, 0));
        release.Weight.Should().Be(2500, "nothing is known of the candidate");

        release.RunUntil(RolloutPhase.Succeeded);
        release.Record.Reason.Should().Be(RolloutReasons.Unproved, "nothing was asked to be proved");
    }

    [Fact]
    public void Each_weight_needs_evidence_of_its_own()
    {
        var release = Release.FromAToB().RunUntilWeight(5000);
        var at = release.Now;
        release.RunUntil(RolloutPhase.Promoting);
        (release.Now - at).Should().BeGreaterThanOrEqualTo(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void An_unreadable_evidence_state_begins_anew_and_proves_nothing()
    {
        var release = Release.FromAToB().RunUntilWeight(5000).Run(50, r => r.Traffic());
        release.Record = release.Record with { Evidence = new System.Text.Json.Nodes.JsonObject { ["judge"] = 17 } };

        release.Decide();

        release.Record.Phase.Should().Be(RolloutPhase.Progressing);
        release.Record.Verdicts.Should().OnlyContain(v => v.State == VerdictState.Unknown);
    }
}
