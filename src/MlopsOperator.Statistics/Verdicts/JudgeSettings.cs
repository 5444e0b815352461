namespace MlopsOperator.Statistics.Verdicts;

/// <summary>What a rollout is judged by; fixed when it starts.</summary>
public sealed record JudgeSettings
{
    /// <summary>The guards. All count in the combination; only required ones are needed for a Pass.</summary>
    public required IReadOnlyList<GuardSettings> Guards { get; init; }

    /// <summary>Highest chance that a candidate within all limits is ever failed.</summary>
    public double Alpha { get; init; } = 0.01;

    /// <summary>Highest chance that a candidate at a guard's limit ever passes it.</summary>
    public double Beta { get; init; } = 0.05;

    /// <summary>
    /// The ratio that a Pass is held against at each weight step, in the order of steps; the last is the ratio itself. See <see cref="Tolerances.ForWeights"/>.
    /// A guard with another ratio is relaxed by the same factor, <c>(tolerance − 1)/(last − 1)</c>.
    /// </summary>
    public required IReadOnlyList<double> StepTolerances { get; init; }

    /// <summary>Stable's history from before the rollout; null when there is none at this interval.</summary>
    public StableHistory? Baseline { get; init; }
}
