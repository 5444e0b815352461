using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Strategies;

/// <summary>How a change of what serves is made.</summary>
public sealed record RolloutStrategySpec
{
    /// <summary>Traffic moves in steps, each judged; {} means the default steps.</summary>
    [Required]
    public CanaryStrategy? Canary { get; init; }

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
