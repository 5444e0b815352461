namespace MlopsOperator.Statistics.Verdicts;

/// <summary>Where a rollout stands when its guards are assessed.</summary>
/// <param name="Step">Index of the step's tolerance.</param>
/// <param name="LastStep">Whether the step is the last before promotion.</param>
/// <param name="Held">Reason that holds every guard's Pass back, or null.</param>
/// <param name="FailedGuard">The guard that failed the rollout, or null.</param>
internal sealed record AssessmentContext(int Step, bool LastStep, string? Held, string? FailedGuard);
