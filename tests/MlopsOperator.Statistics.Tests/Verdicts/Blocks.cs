using MlopsOperator.Statistics.Evidence;
using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Statistics.Tests.Verdicts;

/// <summary>Writes evidence by hand.</summary>
internal static class Blocks
{
    public static EvidenceBlock Of(double candidate, double candidateErrors, double stable, double stableErrors) => new()
    {
        Candidate = new() { Requests = candidate, Errors = candidateErrors },
        Stable = new() { Requests = stable, Errors = stableErrors },
    };

    public static JudgementState Observe(this JudgementState state, JudgeSettings settings, EvidenceBlock block, int times = 1, bool countsForPass = true) =>
        Enumerable.Repeat(block, times).Aggregate(state, (before, next) => Judge.Observe(settings, before, next, countsForPass));

    public static GuardVerdict Verdict(this JudgementState state, JudgeSettings settings, string guard, int step = 1, bool lastStep = true) =>
        Judge.Assess(settings, state, step, lastStep).Verdicts.Single(verdict => string.Equals(verdict.Guard, guard, StringComparison.Ordinal));
}
