using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Statistics.Tests.Verdicts;

/// <summary>Settings that several tests use.</summary>
internal static class Strategies
{
    public const string Ceiling = "errors.ceiling";
    public const string Ratio = "errors.ratio";
    public const string Latency = "latency";

    public static StableHistory CleanHistory { get; } = new(60, 2250, 0, 0);

    /// <summary>The demo's: <c>errorRate: {ceiling: 5%, ratio: 1.5, floor: 0.1%}</c>, required; 10 %, 50 %.</summary>
    public static JudgeSettings Demo(StableHistory? history = null) => new()
    {
        Guards =
        [
            new() { Name = Ceiling, Kind = GuardKind.ErrorCeiling, Required = true, Ceiling = 0.05 },
            new() { Name = Ratio, Kind = GuardKind.ErrorRatio, Ratio = 1.5, Floor = 0.001 },
        ],
        StepTolerances = Tolerances.ForWeights(1.5, [1000, 5000]),
        Baseline = history,
    };

    public static JudgeSettings Only(GuardSettings guard, StableHistory? history = null) => new()
    {
        Guards = [guard with { Required = true }],
        StepTolerances = Tolerances.ForWeights(guard.Ratio, [1000, 5000]),
        Baseline = history,
    };

    public static GuardSettings RatioGuard { get; } = new() { Name = Ratio, Kind = GuardKind.ErrorRatio, Ratio = 1.5, Floor = 0.001 };

    public static GuardSettings LatencyGuard { get; } = new() { Name = Latency, Kind = GuardKind.Latency, Quantile = 0.95, Excess = 0.025 };
}
