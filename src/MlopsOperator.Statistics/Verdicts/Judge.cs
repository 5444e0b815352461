using MlopsOperator.Statistics.Evidence;
using MlopsOperator.Statistics.Verdicts.Totals;

namespace MlopsOperator.Statistics.Verdicts;

/// <summary>
/// Judges a candidate against its limits and against stable, block by block. Looking costs nothing: the chance that a candidate within all limits is ever
/// failed is at most alpha, however often and however long one looks. Pure and total: no input throws, and no wealth is ever NaN.
/// </summary>
public static class Judge
{
    /// <summary>The state of a rollout that has seen nothing.</summary>
    /// <param name="settings">What it is judged by.</param>
    public static JudgementState Begin(JudgeSettings settings) => new() { Guards = [.. settings.Guards.Select(guard => GuardObserver.Begin(guard, settings.StepTolerances))] };

    /// <summary>The state after the weight changed: nothing is reset, but fresh stake enters with the next informative block, and the step needs blocks of its own.</summary>
    /// <param name="state">The state before.</param>
    public static JudgementState WeightChanged(JudgementState state) => state with { Guards = [.. state.Guards.Select(GuardObserver.AfterWeightChange)] };

    /// <summary>
    /// The state after a block. Evidence for Fail and the outage detector take every block; evidence for Pass takes those with <paramref name="countsForPass"/>.
    /// A block that makes no sense changes nothing but a counter. Guards that the state does not know, or knows in another shape, begin anew.
    /// </summary>
    /// <param name="settings">What is judged by.</param>
    /// <param name="state">The state before.</param>
    /// <param name="block">Counts of both arms at one weight.</param>
    /// <param name="countsForPass">Whether the route was acknowledged when the block began.</param>
    public static JudgementState Observe(JudgeSettings settings, JudgementState state, EvidenceBlock block, bool countsForPass)
    {
        if (!BlockRule.IsValid(block))
        {
            return state with { InvalidBlocks = Math.Min(Counts.Largest, state.InvalidBlocks + 1) };
        }

        var next = state with
        {
            Guards = [.. settings.Guards.Select(guard => GuardObserver.Observe(guard, settings.StepTolerances, StateRule.GuardOf(settings, state, guard), block, countsForPass))],
            CandidateOutage = Outage.After(StateRule.Outage(state.CandidateOutage), block.Candidate.Requests, block.Candidate.Errors),
            StableOutage = Outage.After(StateRule.Outage(state.StableOutage), block.Stable.Requests, block.Stable.Errors),
            InvalidBlocks = 0,
        };
        return next with { FailedGuard = next.FailedGuard ?? FailedBy(settings, next) };
    }

    /// <summary>What the evidence says at a step.</summary>
    /// <param name="settings">What is judged by.</param>
    /// <param name="state">The evidence.</param>
    /// <param name="step">Index into <see cref="JudgeSettings.StepTolerances"/>.</param>
    /// <param name="lastStep">Whether the candidate takes all traffic next: then a Pass needs 60 blocks, and history for ceilings.</param>
    public static Judgement Assess(JudgeSettings settings, JudgementState state, int step, bool lastStep)
    {
        var shared = Outage.IsAlarm(StateRule.Outage(state.CandidateOutage)) && Outage.IsAlarm(StateRule.Outage(state.StableOutage));
        var held = state.InvalidBlocks > 0 ? VerdictReasons.InvalidData : shared ? VerdictReasons.SharedOutage : null;
        IReadOnlyList<GuardVerdict> verdicts =
            [.. settings.Guards.Select(guard => GuardAssessor.Assess(settings, guard, StateRule.GuardOf(settings, state, guard), new(step, lastStep, held, state.FailedGuard)))];
        return new()
        {
            Failed = state.FailedGuard is not null,
            FailedGuard = state.FailedGuard,
            Outage = string.Equals(state.FailedGuard, Judgement.OutageGuard, StringComparison.Ordinal),
            Verdicts = verdicts,
            AllRequiredPass = state.FailedGuard is null && verdicts.Zip(settings.Guards).All(pair => !pair.Second.Required || pair.First.State == Verdict.Pass),
        };
    }

    private static string? FailedBy(JudgeSettings settings, JudgementState state)
    {
        // An outage that stable shares is nobody's fault.
        if (Outage.IsAlarm(state.CandidateOutage) && !Outage.IsAlarm(state.StableOutage))
        {
            return Judgement.OutageGuard;
        }

        double[] evidence = [.. state.Guards.Select(GuardAssessor.LogFail)];
        return evidence.Length > 0 && Combination.LogFail(evidence) >= -Math.Log(settings.Alpha) ? state.Guards[Array.IndexOf(evidence, evidence.Max())].Name : null;
    }
}
