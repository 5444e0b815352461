using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Rollouts.Guards;

/// <summary>What evidence lets a rollout do.</summary>
internal static class EvidenceRules
{
    private static readonly string[] LackOfData =
        [VerdictReasons.NoTraffic, VerdictReasons.NoBaseline, VerdictReasons.InvalidData, Record.Verdicts.Stale];

    internal static bool HasRequired(Situation situation) => situation.Plan.Judge is { } judge && judge.Guards.Any(g => g.Required);

    /// <summary>Whether any counted block at this weight had requests to the candidate, and the newest block is not old.</summary>
    internal static bool HasData(Situation situation) =>
        situation.Judgement is not null
        && !Stale(situation)
        && situation.Evidence.WeightBlocks >= (HasRequired(situation) ? 1 : Limits.BlocksWithoutRequired);

    /// <summary>Whether every required metric says Pass at this step's tolerance, by evidence that is not stale.</summary>
    internal static bool Proved(Situation situation) => situation.Judgement is { AllRequiredPass: true, Failed: false } && !Stale(situation);

    /// <summary>Whether a required metric lacks data, as opposed to proof.</summary>
    internal static bool LacksData(Situation situation) =>
        situation.Judgement is not { } judgement
        || Stale(situation)
        || RequiredVerdicts(situation, judgement).Any(v => v.State is Verdict.Unknown && LackOfData.Contains(v.Reason, StringComparer.Ordinal));

    /// <summary>No block for three intervals: silence is no evidence.</summary>
    internal static bool Stale(Situation situation) =>
        situation.Evidence.LastBlockAt is not { } last || situation.Since(last) > Limits.StaleIntervals * situation.Plan.Interval;

    internal static IEnumerable<GuardVerdict> RequiredVerdicts(Situation situation, Judgement judgement)
    {
        var required = (situation.Plan.Judge?.Guards ?? []).Where(g => g.Required).Select(g => g.Name).ToHashSet(StringComparer.Ordinal);
        return judgement.Verdicts.Where(v => required.Contains(v.Guard));
    }
}
