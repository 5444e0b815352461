namespace MlopsOperator.Statistics.Verdicts;

/// <summary>What the evidence says at a step.</summary>
public sealed record Judgement
{
    /// <summary>Name in <see cref="FailedGuard"/> when the outage detector took the candidate back.</summary>
    public const string OutageGuard = "outage";

    /// <summary>Whether the candidate is proved too bad, by the guards together or by the outage detector. Once true, always true.</summary>
    public required bool Failed { get; init; }

    /// <summary>The guard with the largest evidence when it failed, or <see cref="OutageGuard"/>; null while not failed.</summary>
    public string? FailedGuard { get; init; }

    /// <summary>Whether the outage detector took the candidate back.</summary>
    public bool Outage { get; init; }

    /// <summary>One verdict a guard, in the order of the settings.</summary>
    public required IReadOnlyList<GuardVerdict> Verdicts { get; init; }

    /// <summary>Whether every required guard passes; true when none is required and nothing failed.</summary>
    public required bool AllRequiredPass { get; init; }
}
