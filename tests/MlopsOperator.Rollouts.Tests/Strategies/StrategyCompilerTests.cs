using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Rollouts.Strategies;
using MlopsOperator.Rollouts.Tests.Fixtures;
using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Rollouts.Tests.Strategies;

public sealed class StrategyCompilerTests
{
    [Fact]
    public void The_built_in_canary_has_four_weights_each_waited_for_and_analysed()
    {
        Names(Compile(new RolloutStrategySpec())).Should().Equal(
            "prepare", "test",
            "weight 5%", "wait 5m", "analyze",
            "weight 10%", "wait 5m", "analyze",
            "weight 25%", "wait 5m", "analyze",
            "weight 50%", "wait 5m", "analyze",
            "promote", "bake 10m", "retire");
    }

    [Fact]
    public void A_wait_is_that_of_the_step_before_and_none_makes_no_step()
    {
        var plan = Compile(Canary(("10%", "30s"), ("20%", null), ("30%", "0s")));
        Names(plan).Should().ContainInOrder("weight 10%", "wait 30s", "weight 20%", "wait 30s", "weight 30%", "analyze", "promote");
        Names(plan).Should().NotContain("wait 0s");
    }

    [Fact]
    public void Golden_requests_that_are_not_wanted_make_no_step()
    {
        Names(Compile(new RolloutStrategySpec { Tests = new TestsSpec { Golden = false } })).Should().NotContain("test");
        Names(Compile(new RolloutStrategySpec(), first: true)).Should().Equal("prepare", "test", "route", "promote");
    }

    [Theory]
    [InlineData("50%", "10%", "weight 50%")]
    [InlineData("100%", "10%", "weight 10%")]
    [InlineData("lots", "-5%", "weight 5%")]
    public void Weights_that_fall_or_are_none_are_left_out(string one, string other, string first) =>
        Names(Compile(Canary((one, null), (other, null)))).First(n => n.StartsWith("weight", StringComparison.Ordinal)).Should().Be(first);

    [Fact]
    public void A_ceiling_and_a_ratio_are_two_guards_of_which_required_asks_the_ceiling()
    {
        Guards(new AnalysisMetric { Name = "errors", ErrorRate = new ErrorRateRule { Ceiling = "2%", Ratio = 1.4, Floor = "0.2%" }, Required = true })
            .Should().BeEquivalentTo(
            [
                new GuardSettings { Name = "errors.ceiling", Kind = GuardKind.ErrorCeiling, Required = true, Ceiling = 0.02 },
                new GuardSettings { Name = "errors.ratio", Kind = GuardKind.ErrorRatio, Ratio = 1.4, Floor = 0.002 },
            ]);
    }

    [Fact]
    public void Require_ratio_asks_a_pass_of_the_ratio_too()
    {
        Guards(new AnalysisMetric { Name = "errors", ErrorRate = new ErrorRateRule { Ceiling = "2%", Ratio = 1.4 }, Required = true, RequireRatio = true })
            .Should().OnlyContain(g => g.Required);
    }

    [Fact]
    public void A_ratio_alone_bears_the_metrics_name_and_is_required_with_it()
    {
        var guard = Guards(new AnalysisMetric { Name = "errors", ErrorRate = new ErrorRateRule { Ratio = 2 }, Required = true }).Should().ContainSingle().Subject;
        guard.Name.Should().Be("errors");
        guard.Required.Should().BeTrue();
        guard.Floor.Should().Be(0.001);
    }

    [Fact]
    public void Small_weights_are_judged_more_leniently_than_the_last()
    {
        var tolerances = Compile(Canary(("5%", null), ("50%", null))).Judge!.StepTolerances;
        tolerances.Should().HaveCount(2).And.BeInDescendingOrder();
        tolerances[0].Should().BeApproximately(6, 1e-9);
        tolerances[1].Should().Be(1.5);
    }

    [Theory]
    [InlineData("a", "10s", true)]
    [InlineData("a", "5s", false)]
    [InlineData("x", "10s", false)]
    [InlineData("a", "", false)]
    public void Stables_history_counts_only_of_its_revision_at_the_same_interval(string revision, string interval, bool counts)
    {
        var spec = Spec(new RolloutStrategySpec(), first: false) with
        {
            Baseline = new BaselineEvidence { Revision = revision, Interval = interval, Blocks = 60, Requests = 100, Errors = 2, ErrorSquares = 4 },
        };
        StrategyCompiler.Compile(spec).Judge!.Baseline.Should().Be(counts ? new StableHistory(60, 100, 2, 4) : null);
    }

    [Fact]
    public void The_weight_of_a_step_is_the_last_one_set_and_pods_are_sized_for_the_next_before_the_first()
    {
        var plan = Compile(Canary(("10%", "1s"), ("50%", "1s")));
        Enumerable.Range(0, plan.Steps.Count).Select(plan.WeightAt).Should().Equal(0, 0, 1000, 1000, 1000, 5000, 5000, 5000, 10_000, 10_000, 10_000);
        plan.SizingWeightAt(0).Should().Be(1000);
        plan.AnalysisAt(3).Should().Be(0);
        plan.AnalysisAt(6).Should().Be(1);
        plan.AnalysisAt(10).Should().Be(1);
    }

    private static IEnumerable<string> Names(RolloutPlan plan) => plan.Steps.Select(s => s.Name);

    private static IReadOnlyList<GuardSettings> Guards(AnalysisMetric metric) =>
        Compile(new RolloutStrategySpec { Analysis = new AnalysisSpec { Metrics = [metric] } }).Judge!.Guards;

    private static RolloutStrategySpec Canary(params (string Weight, string? Wait)[] steps) =>
        new() { Canary = new CanaryStrategy { Steps = [.. steps.Select(s => new CanaryStep { Weight = s.Weight, Wait = s.Wait })] } };

    private static RolloutPlan Compile(RolloutStrategySpec strategy, bool first = false) => StrategyCompiler.Compile(Spec(strategy, first));

    private static ModelRolloutSpec Spec(RolloutStrategySpec strategy, bool first) =>
        new() { From = first ? null : Release.Revision("a"), To = Release.Revision("b"), Strategy = strategy };
}
