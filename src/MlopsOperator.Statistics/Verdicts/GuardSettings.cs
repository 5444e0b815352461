namespace MlopsOperator.Statistics.Verdicts;

/// <summary>One guard. A metric may have several: <c>errors.ceiling</c>, <c>errors.ratio</c>.</summary>
public sealed record GuardSettings
{
    /// <summary>Name; unique among the guards of a rollout.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it looks at.</summary>
    public GuardKind Kind { get; init; }

    /// <summary>Whether its Pass is needed.</summary>
    public bool Required { get; init; }

    /// <summary>Kind ErrorCeiling: highest allowed share of errors, between 0 and 1.</summary>
    public double Ceiling { get; init; }

    /// <summary>Kind ErrorRatio: highest allowed ratio of the candidate's odds of an error to stable's, at least 1.</summary>
    public double Ratio { get; init; } = 1.5;

    /// <summary>Kind ErrorRatio: share of errors below which the ratio does not matter; 0 for none.</summary>
    public double Floor { get; init; }

    /// <summary>Kind Latency: the quantile of stable that requests are held against, between 0 and 1.</summary>
    public double Quantile { get; init; } = 0.95;

    /// <summary>Kind Latency: allowed excess over the share 1 − quantile, as a share.</summary>
    public double Excess { get; init; } = 0.025;
}
