using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Strategies;

/// <summary>How a change of what serves is made: exactly one of <c>canary</c>, <c>blueGreen</c> and <c>recreate</c>, and what holds for each of them.</summary>
[ValidationRule("!has(self.recreate) || (!has(self.analysis) && !has(self.bake))", "recreate compares with nothing and keeps nothing: expected neither analysis nor bake")]
[ValidationRule(OnlyCeilings, "blueGreen leaves nothing to compare with after the switch: a required metric needs errorRate.ceiling, and no requireRatio")]
[ValidationRule("[has(self.canary), has(self.blueGreen), has(self.recreate)].filter(named, named).size() == 1", "expected exactly one of canary, blueGreen and recreate")]
public sealed record RolloutStrategySpec
{
    private const string OnlyCeilings =
        "!has(self.blueGreen) || !has(self.analysis) || !has(self.analysis.metrics) || self.analysis.metrics.all(metric, !metric.required || (has(metric.errorRate) && has(metric.errorRate.ceiling) && !metric.requireRatio))";

    /// <summary>Traffic moves in steps, each judged; {} means the default steps.</summary>
    public CanaryStrategy? Canary { get; init; }

    /// <summary>All traffic moves at once, back and forth; {} is all it needs.</summary>
    public BlueGreenStrategy? BlueGreen { get; init; }

    /// <summary>Stable stops before the candidate starts; {} is all it needs.</summary>
    public RecreateStrategy? Recreate { get; init; }

    /// <summary>What is measured and what must hold.</summary>
    public AnalysisSpec? Analysis { get; init; }

    /// <summary>What is tested before any traffic.</summary>
    public TestsSpec? Tests { get; init; }

    /// <summary>How many pods a rollout may use.</summary>
    public CapacitySpec? Capacity { get; init; }

    /// <summary>How long the old revision stays ready after promotion, guards on, as a Go duration; 10m by default.</summary>
    [DurationText]
    public string? Bake { get; init; }
}
