using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Statistics.Tests.Verdicts;

public sealed class FailureTests
{
    private static readonly JudgeSettings Demo = Strategies.Demo(Strategies.CleanHistory);

    [Fact]
    public void A_failed_candidate_stays_failed_and_the_guard_with_the_largest_evidence_is_named()
    {
        var failed = Judge.Begin(Demo).Observe(Demo, Blocks.Of(100, 3, 900, 0), 20);
        var later = failed.Observe(Demo, Blocks.Of(1000, 0, 1000, 0), 500);

        var judgement = Judge.Assess(Demo, later, 1, lastStep: true);

        judgement.Failed.Should().BeTrue();
        judgement.FailedGuard.Should().Be(Strategies.Ratio);
        judgement.Outage.Should().BeFalse();
        judgement.AllRequiredPass.Should().BeFalse("a Fail stands, whatever comes later");
        later.Verdict(Demo, Strategies.Ratio).Should().Match<GuardVerdict>(verdict => verdict.State == Verdict.Fail && verdict.Reason == VerdictReasons.EvidenceOfHarm);
        later.Verdict(Demo, Strategies.Ceiling).State.Should().NotBe(Verdict.Fail, "3 % is under the ceiling of 5 %");
    }

    [Fact]
    public void One_bad_guard_of_five_needs_five_times_the_evidence_of_one_alone()
    {
        GuardSettings Ceiling(int number) => new() { Name = $"ceiling-{(char)('0' + number)}", Kind = GuardKind.ErrorCeiling, Ceiling = number == 0 ? 0.01 : 0.9 };
        JudgeSettings Of(int guards) => new() { Guards = [.. Enumerable.Range(0, guards).Select(Ceiling)], StepTolerances = [1.5] };
        int BlocksToFail(JudgeSettings settings)
        {
            var (state, blocks) = (Judge.Begin(settings), 0);
            for (; state.FailedGuard is null && blocks < 100; blocks++)
            {
                state = state.Observe(settings, Blocks.Of(100, 3, 0, 0));
            }

            return blocks;
        }

        BlocksToFail(Of(5)).Should().BeInRange(BlocksToFail(Of(1)) + 1, BlocksToFail(Of(1)) + 4);
    }

    [Fact]
    public void Under_the_threshold_no_guard_is_shown_as_failed()
    {
        GuardSettings[] guards = [.. Enumerable.Range(0, 20).Select(number => new GuardSettings { Name = $"g{(char)('a' + number)}", Kind = GuardKind.ErrorCeiling, Ceiling = number == 0 ? 0.01 : 0.9 })];
        var settings = new JudgeSettings { Guards = guards, StepTolerances = [1.5] };
        var state = Judge.Begin(settings);
        while (state.Verdict(settings, "ga", 0).LogFail < Math.Log(100))
        {
            state = state.Observe(settings, Blocks.Of(100, 3, 0, 0));
        }

        var judgement = Judge.Assess(settings, state, 0, lastStep: false);

        judgement.Failed.Should().BeFalse("the mean of twenty wealths decides, and it is under 100");
        judgement.Verdicts.Should().OnlyContain(verdict => verdict.State != Verdict.Fail);
    }

    [Theory]
    [InlineData(11, false)]
    [InlineData(12, true)]
    public void Twelve_failures_in_a_row_are_an_outage_and_eleven_are_not(int failures, bool outage)
    {
        var judgement = Judge.Assess(Demo, Judge.Begin(Demo).Observe(Demo, Blocks.Of(failures, failures, 100, 0)), 0, lastStep: false);

        judgement.Outage.Should().Be(outage);
        judgement.Failed.Should().Be(outage);
        judgement.FailedGuard.Should().Be(outage ? Judgement.OutageGuard : null);
    }

    [Fact]
    public void An_outage_that_stable_shares_takes_nobody_back_and_passes_nobody()
    {
        var settings = new JudgeSettings
        {
            Guards = [new() { Name = Strategies.Ceiling, Kind = GuardKind.ErrorCeiling, Ceiling = 0.999, Required = true }],
            StepTolerances = [1.5],
            Baseline = Strategies.CleanHistory,
        };
        var proved = Judge.Begin(settings).Observe(settings, Blocks.Of(1000, 0, 1000, 0), 60);
        var shared = proved.Observe(settings, Blocks.Of(100, 99, 100, 99));

        proved.Verdict(settings, Strategies.Ceiling, 0).State.Should().Be(Verdict.Pass);
        Judge.Assess(settings, shared, 0, lastStep: true).Failed.Should().BeFalse();
        shared.Verdict(settings, Strategies.Ceiling, 0).Reason.Should().Be(VerdictReasons.SharedOutage);
        shared.Observe(settings, Blocks.Of(1000, 0, 1000, 0)).Verdict(settings, Strategies.Ceiling, 0).State.Should().Be(Verdict.Pass, "the outage is over");
    }

    [Fact]
    public void An_error_that_stable_shares_is_not_held_against_the_ratio()
    {
        var settings = Strategies.Only(Strategies.RatioGuard);
        var state = Judge.Begin(settings).Observe(settings, Blocks.Of(100, 8, 900, 72), 500);

        state.FailedGuard.Should().BeNull();
        state.Verdict(settings, Strategies.Ratio).LogFail.Should().BeLessThan(0);
    }

    [Fact]
    public void A_rate_under_the_floor_is_not_held_against_the_ratio_however_much_larger_than_stables()
    {
        var settings = Strategies.Only(Strategies.RatioGuard with { Floor = 0.01 });
        var state = Judge.Begin(settings).Observe(settings, Blocks.Of(1000, 5, 9000, 0), 500);

        state.FailedGuard.Should().BeNull();
        settings = Strategies.Only(Strategies.RatioGuard with { Floor = 0 });
        Judge.Begin(settings).Observe(settings, Blocks.Of(1000, 5, 9000, 0), 500).FailedGuard.Should().Be(Strategies.Ratio);
    }

    [Fact]
    public void Fresh_stake_at_a_weight_change_finds_a_late_break_sooner()
    {
        var before = Judge.Begin(Demo).Observe(Demo, Blocks.Of(100, 1, 900, 9), 300);
        var block = Blocks.Of(500, 25, 500, 5);

        Judge.WeightChanged(before).Observe(Demo, block, 3).Verdict(Demo, Strategies.Ratio).LogFail
            .Should().BeGreaterThan(before.Observe(Demo, block, 3).Verdict(Demo, Strategies.Ratio).LogFail);
    }

    [Fact]
    public void A_weight_change_before_any_evidence_adds_nothing_and_several_count_once()
    {
        var settings = Strategies.Only(Strategies.RatioGuard);
        var block = Blocks.Of(100, 2, 900, 5);
        var plain = Judge.Begin(settings).Observe(settings, block);

        Judge.WeightChanged(Judge.Begin(settings)).Observe(settings, block).Guards[0].Fail.Should().BeEquivalentTo(plain.Guards[0].Fail);
        Judge.WeightChanged(Judge.WeightChanged(plain)).Observe(settings, block).Guards[0].Fail
            .Should().BeEquivalentTo(Judge.WeightChanged(plain).Observe(settings, block).Guards[0].Fail);
    }

    [Fact]
    public void Fail_comes_before_data_that_cannot_be_judged()
    {
        var failed = Judge.Begin(Demo).Observe(Demo, Blocks.Of(100, 40, 900, 0), 10).Observe(Demo, Blocks.Of(double.NaN, 0, 1, 0));

        Judge.Assess(Demo, failed, 0, lastStep: false).Failed.Should().BeTrue();
        failed.Verdict(Demo, Strategies.Ratio).State.Should().Be(Verdict.Fail);
    }

    [Fact]
    public void A_block_that_makes_no_sense_holds_every_pass_back_until_the_next_good_one()
    {
        var proved = Judge.Begin(Demo).Observe(Demo, Blocks.Of(500, 0, 500, 0), 60);
        var invalid = proved.Observe(Demo, Blocks.Of(5, 6, 5, 0));

        invalid.Verdict(Demo, Strategies.Ceiling).Reason.Should().Be(VerdictReasons.InvalidData);
        Judge.Assess(Demo, invalid, 1, lastStep: true).AllRequiredPass.Should().BeFalse();
        invalid.Observe(Demo, Blocks.Of(500, 0, 500, 0)).Verdict(Demo, Strategies.Ceiling).State.Should().Be(Verdict.Pass);
    }

    [Fact]
    public void Settings_that_make_no_sense_judge_nothing()
    {
        var settings = Strategies.Only(new() { Name = Strategies.Ceiling, Kind = GuardKind.ErrorCeiling, Ceiling = double.NaN });
        var state = Judge.Begin(settings).Observe(settings, Blocks.Of(100, 3, 100, 0), 300);

        state.FailedGuard.Should().BeNull();
        state.Verdict(settings, Strategies.Ceiling).Should().Match<GuardVerdict>(verdict => verdict.State == Verdict.Unknown && verdict.LogFail == 0);
    }
}
