using MlopsOperator.Statistics.Evidence;
using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Statistics.Tests.Verdicts;

public sealed class JudgeTests
{
    private static readonly JudgeSettings Demo = Strategies.Demo(Strategies.CleanHistory);
    private static readonly EvidenceBlock Healthy = Blocks.Of(10, 0, 90, 0);

    [Fact]
    public void Nothing_seen_is_unknown_for_lack_of_traffic()
    {
        var judgement = Judge.Assess(Demo, Judge.Begin(Demo), 0, lastStep: false);

        judgement.Failed.Should().BeFalse();
        judgement.AllRequiredPass.Should().BeFalse();
        judgement.Verdicts.Should().OnlyContain(verdict => verdict.State == Verdict.Unknown && verdict.Reason == VerdictReasons.NoTraffic && verdict.LogFail == 0);
        judgement.Verdicts.Should().OnlyContain(verdict => verdict.Candidate == null && verdict.Samples == 0 && verdict.BlocksToGo == null);
    }

    [Fact]
    public void A_ratio_without_stable_requests_has_no_baseline_but_a_ceiling_needs_none()
    {
        var state = Judge.Begin(Demo).Observe(Demo, Blocks.Of(100, 0, 0, 0), 100);

        state.Verdict(Demo, Strategies.Ratio).Reason.Should().Be(VerdictReasons.NoBaseline);
        state.Verdict(Demo, Strategies.Ceiling).State.Should().Be(Verdict.Pass);
    }

    [Theory]
    [InlineData(5, false, VerdictReasons.TooFewBlocks)]
    [InlineData(6, false, VerdictReasons.EvidenceOfHealth)]
    [InlineData(59, true, VerdictReasons.TooFewBlocks)]
    [InlineData(60, true, VerdictReasons.EvidenceOfHealth)]
    public void A_step_needs_six_blocks_and_the_last_sixty(int blocks, bool lastStep, string reason) =>
        Judge.Begin(Demo).Observe(Demo, Blocks.Of(500, 0, 500, 0), blocks).Verdict(Demo, Strategies.Ceiling, 1, lastStep).Reason.Should().Be(reason);

    [Fact]
    public void Blocks_without_requests_to_the_candidate_do_not_count_as_blocks_of_a_step()
    {
        var state = Judge.Begin(Demo).Observe(Demo, Blocks.Of(1000, 0, 1000, 0), 5).Observe(Demo, Blocks.Of(0, 0, 1000, 0), 50);

        state.Verdict(Demo, Strategies.Ceiling, 0, lastStep: false).Reason.Should().Be(VerdictReasons.TooFewBlocks);
    }

    [Fact]
    public void A_new_weight_needs_six_blocks_of_its_own()
    {
        var proved = Judge.Begin(Demo).Observe(Demo, Blocks.Of(500, 0, 500, 0), 100);
        var changed = Judge.WeightChanged(proved);

        proved.Verdict(Demo, Strategies.Ceiling).State.Should().Be(Verdict.Pass);
        changed.Verdict(Demo, Strategies.Ceiling).Reason.Should().Be(VerdictReasons.TooFewBlocks);
        changed.Verdict(Demo, Strategies.Ceiling).BlocksToGo.Should().Be(6);
        changed.Observe(Demo, Healthy, 6).Verdict(Demo, Strategies.Ceiling).State.Should().Be(Verdict.Pass);
    }

    [Fact]
    public void A_pass_counts_only_blocks_of_the_acknowledged_route_but_a_fail_counts_all()
    {
        var unacknowledged = Judge.Begin(Demo).Observe(Demo, Healthy, 300, countsForPass: false);
        var bad = Judge.Begin(Demo).Observe(Demo, Blocks.Of(100, 40, 900, 0), 10, countsForPass: false);

        unacknowledged.Verdict(Demo, Strategies.Ceiling).Reason.Should().Be(VerdictReasons.NoTraffic);
        unacknowledged.Verdict(Demo, Strategies.Ceiling).Samples.Should().Be(3000);
        Judge.Assess(Demo, bad, 0, lastStep: false).Failed.Should().BeTrue();
    }

    [Fact]
    public void A_ceiling_without_history_needs_240_blocks_at_the_last_step_only()
    {
        var settings = Strategies.Demo();
        var state = Judge.Begin(settings).Observe(settings, Blocks.Of(100, 0, 100, 0), 100);

        state.Verdict(settings, Strategies.Ceiling, 0, lastStep: false).State.Should().Be(Verdict.Pass);
        state.Verdict(settings, Strategies.Ceiling).Reason.Should().Be(VerdictReasons.NoHistory);
        state.Verdict(settings, Strategies.Ceiling).BlocksToGo.Should().Be(200, "140 more, rounded up to one digit");
        state.Observe(settings, Healthy, 140).Verdict(settings, Strategies.Ceiling).State.Should().Be(Verdict.Pass);
    }

    [Fact]
    public void Busy_blocks_or_sixty_blocks_of_stable_from_before_stand_in_for_240()
    {
        var busy = Strategies.Demo();
        var shortHistory = Strategies.Demo(new(59, 2000, 0, 0));

        Judge.Begin(busy).Observe(busy, Blocks.Of(1000, 0, 1000, 0), 60).Verdict(busy, Strategies.Ceiling).State.Should().Be(Verdict.Pass);
        Judge.Begin(Demo).Observe(Demo, Blocks.Of(100, 0, 100, 0), 60).Verdict(Demo, Strategies.Ceiling).State.Should().Be(Verdict.Pass);
        Judge.Begin(shortHistory).Observe(shortHistory, Blocks.Of(100, 0, 100, 0), 60).Verdict(shortHistory, Strategies.Ceiling).Reason.Should().Be(VerdictReasons.NoHistory);
    }

    [Fact]
    public void A_history_that_makes_no_sense_is_no_history()
    {
        var settings = Strategies.Demo(new(60, double.NaN, 0, 0));

        Judge.Begin(settings).Observe(settings, Blocks.Of(100, 0, 100, 0), 60).Verdict(settings, Strategies.Ceiling).Reason.Should().Be(VerdictReasons.NoHistory);
    }

    [Fact]
    public void Clumped_errors_of_stable_before_the_rollout_make_a_pass_harder()
    {
        var clumped = Strategies.Demo(new(100, 10000, 200, 8000));
        var block = Blocks.Of(100, 0, 100, 0);

        Judge.Begin(clumped).Observe(clumped, block, 60).Verdict(clumped, Strategies.Ceiling).LogPass
            .Should().BeLessThan(Judge.Begin(Demo).Observe(Demo, block, 60).Verdict(Demo, Strategies.Ceiling).LogPass / 3);
    }

    [Fact]
    public void An_estimate_at_the_ceiling_never_passes_it()
    {
        var settings = Strategies.Only(new() { Name = Strategies.Ceiling, Kind = GuardKind.ErrorCeiling, Ceiling = 0.05 }, Strategies.CleanHistory);
        var state = Judge.Begin(settings).Observe(settings, Blocks.Of(100, 0, 100, 0), 300);
        var now = state.Observe(settings, Blocks.Of(100, 9, 100, 0), 700);

        now.Verdict(settings, Strategies.Ceiling).Reason.Should().BeOneOf(VerdictReasons.EstimateOverLimit, VerdictReasons.EvidenceOfHarm);
        now.Verdict(settings, Strategies.Ceiling).State.Should().NotBe(Verdict.Pass);
    }

    [Theory]
    [InlineData(10, 3, 90, 18, VerdictReasons.EstimateOverLimit)]
    [InlineData(10, 3, 90, 27, VerdictReasons.HighRate)]
    public void A_ratio_names_what_holds_its_pass_back(double candidate, double candidateErrors, double stable, double stableErrors, string reason)
    {
        var settings = Strategies.Only(Strategies.RatioGuard);

        Judge.Begin(settings).Observe(settings, Blocks.Of(candidate, candidateErrors, stable, stableErrors), 60).Verdict(settings, Strategies.Ratio).Reason.Should().Be(reason);
    }

    [Fact]
    public void A_candidate_whose_errors_clump_more_than_stables_does_not_pass_the_ratio()
    {
        var settings = Strategies.Only(Strategies.RatioGuard);
        var state = Judge.Begin(settings);
        for (var block = 0; block < 200; block++)
        {
            state = state.Observe(settings, Blocks.Of(1000, block % 20 == 0 ? 60 : 0, 1000, 5));
        }

        state.Verdict(settings, Strategies.Ratio).Reason.Should().Be(VerdictReasons.ErrorsClumped);
    }

    [Fact]
    public void A_candidate_as_good_as_stable_passes_the_ratio_and_sooner_at_a_small_weight()
    {
        var settings = Strategies.Only(Strategies.RatioGuard, new(100, 100000, 1000, 11000));
        var state = Judge.Begin(settings).Observe(settings, Blocks.Of(100, 1, 900, 9), 80);

        state.Verdict(settings, Strategies.Ratio, 0, lastStep: false).LogPass.Should().BeGreaterThan(state.Verdict(settings, Strategies.Ratio).LogPass);
        state.Verdict(settings, Strategies.Ratio, 0, lastStep: false).Threshold.Should().BeApproximately(0.035, 1e-9);
        state.Verdict(settings, Strategies.Ratio).Threshold.Should().BeApproximately(0.015, 1e-9);
        state.Observe(settings, Blocks.Of(500, 5, 500, 5), 100).Verdict(settings, Strategies.Ratio).State.Should().Be(Verdict.Pass);
    }

    [Fact]
    public void What_the_floor_alone_proves_needs_history_at_the_last_step()
    {
        var without = Strategies.Only(Strategies.RatioGuard);
        var with = Strategies.Only(Strategies.RatioGuard, Strategies.CleanHistory);
        var block = Blocks.Of(900, 0, 900, 0);

        Judge.Begin(without).Observe(without, block, 100).Verdict(without, Strategies.Ratio).Reason.Should().Be(VerdictReasons.NoHistory);
        Judge.Begin(with).Observe(with, block, 100).Verdict(with, Strategies.Ratio).State.Should().Be(Verdict.Pass);
    }

    [Fact]
    public void A_guard_that_is_not_required_holds_nothing_back()
    {
        var state = Judge.Begin(Demo).Observe(Demo, Blocks.Of(100, 0, 100, 0), 60);
        var judgement = Judge.Assess(Demo, state, 1, lastStep: true);

        state.Verdict(Demo, Strategies.Ratio).State.Should().Be(Verdict.Unknown);
        judgement.AllRequiredPass.Should().BeTrue();
    }

    [Fact]
    public void More_needed_says_how_many_blocks()
    {
        var settings = Strategies.Only(Strategies.RatioGuard, Strategies.CleanHistory);
        var clean = Judge.Begin(settings).Observe(settings, Blocks.Of(40, 0, 40, 0), 60);

        clean.Verdict(settings, Strategies.Ratio).Reason.Should().Be(VerdictReasons.MoreNeeded);
        clean.Verdict(settings, Strategies.Ratio).BlocksToGo.Should().BeInRange(200, 400, "14,600 requests at 40 a block, less the 60 blocks that were");
    }

    [Fact]
    public void The_blocks_to_go_come_true_when_things_stay_as_they_are()
    {
        var settings = Strategies.Only(Strategies.RatioGuard, Strategies.CleanHistory);
        var state = Judge.Begin(settings).Observe(settings, Blocks.Of(40, 0, 40, 0), 60);
        var promised = state.Verdict(settings, Strategies.Ratio).BlocksToGo!.Value;

        state.Observe(settings, Blocks.Of(40, 0, 40, 0), (int)promised).Verdict(settings, Strategies.Ratio).State.Should().Be(Verdict.Pass);
        state.Observe(settings, Blocks.Of(40, 0, 40, 0), (int)promised / 2).Verdict(settings, Strategies.Ratio).State.Should().Be(Verdict.Unknown);
    }
}
