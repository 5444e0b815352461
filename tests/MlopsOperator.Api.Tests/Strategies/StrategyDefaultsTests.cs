using System.Text.Json;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Strategies;

namespace MlopsOperator.Api.Tests.Strategies;

public sealed class StrategyDefaultsTests
{
    [Fact]
    public void Without_a_strategy_a_change_goes_by_the_built_in_canary()
    {
        var resolved = StrategyDefaults.Resolve(null);

        resolved.Canary!.Steps.Should().Equal(
            new CanaryStep { Weight = "5%", Wait = "5m" },
            new CanaryStep { Weight = "10%", Wait = "5m" },
            new CanaryStep { Weight = "25%", Wait = "5m" },
            new CanaryStep { Weight = "50%", Wait = "5m" });
        resolved.Analysis!.Interval.Should().Be("10s");
        resolved.Analysis.Advance.Should().Be(AdvanceMode.Proved);
        resolved.Analysis.Metrics.Should().BeEquivalentTo(
        [
            new AnalysisMetric { Name = "errors", ErrorRate = new ErrorRateRule { Ceiling = "1%", Ratio = 1.5, Floor = "0.1%" }, Required = true },
            new AnalysisMetric { Name = "latency", Latency = new LatencyRule { Quantile = 0.95, Excess = "2.5%" } },
        ]);
        resolved.Analysis.Unknown.Should().Be(new UnknownPolicy { After = "1h", Then = UnknownAction.Hold });
        resolved.Tests!.Golden.Should().BeTrue();
        resolved.Capacity!.MinPods.Should().Be(1);
        resolved.Bake.Should().Be("10m");
    }

    [Fact]
    public void An_empty_canary_is_the_built_in_one() =>
        Json(StrategyDefaults.Resolve(new RolloutStrategySpec { Canary = new CanaryStrategy() })).Should().Be(Json(StrategyDefaults.Resolve(null)));

    [Fact]
    public void A_wait_is_that_of_the_step_before_where_it_is_absent()
    {
        var steps = new CanaryStep[] { new() { Weight = "5%" }, new() { Weight = "10%", Wait = "1m" }, new() { Weight = "50%" } };
        var resolved = StrategyDefaults.Resolve(new RolloutStrategySpec { Canary = new CanaryStrategy { Steps = steps } });
        resolved.Canary!.Steps!.Select(step => step.Wait).Should().Equal("5m", "1m", "1m");
    }

    [Fact]
    public void What_was_said_stays()
    {
        var spec = new RolloutStrategySpec
        {
            Canary = new CanaryStrategy { Steps = [new CanaryStep { Weight = "50%", Wait = "1s" }] },
            Analysis = new AnalysisSpec
            {
                Interval = "125ms",
                Advance = AdvanceMode.NotFailed,
                Metrics = [new AnalysisMetric { Name = "e", ErrorRate = new ErrorRateRule { Ceiling = "5%" }, RequireRatio = false }],
                Unknown = new UnknownPolicy { Then = UnknownAction.RollBack },
            },
            Tests = new TestsSpec { Golden = false },
            Capacity = new CapacitySpec { MinPods = 2 },
            Bake = "0s",
        };

        var resolved = StrategyDefaults.Resolve(spec);

        resolved.Analysis!.Interval.Should().Be("125ms");
        resolved.Analysis.Advance.Should().Be(AdvanceMode.NotFailed);
        resolved.Analysis.Metrics.Should().Equal(new AnalysisMetric { Name = "e", ErrorRate = new ErrorRateRule { Ceiling = "5%", Ratio = null, Floor = "0.1%" } });
        resolved.Analysis.Unknown.Should().Be(new UnknownPolicy { After = "1h", Then = UnknownAction.RollBack });
        resolved.Tests!.Golden.Should().BeFalse();
        resolved.Capacity!.MinPods.Should().Be(2);
        resolved.Bake.Should().Be("0s");
        spec.Analysis!.Metrics![0].ErrorRate!.Floor.Should().BeNull("the user's spec is not written to");
    }

    [Fact]
    public void Resolving_twice_changes_nothing_and_the_result_is_a_good_strategy()
    {
        var resolved = StrategyDefaults.Resolve(null);
        Json(StrategyDefaults.Resolve(resolved)).Should().Be(Json(resolved));
        RolloutStrategyRules.Check(resolved, "spec").Should().BeEmpty();
    }

    private static string Json(RolloutStrategySpec spec) => JsonSerializer.Serialize(spec, ApiJson.Options);
}
