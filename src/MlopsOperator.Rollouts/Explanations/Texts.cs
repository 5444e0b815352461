using System.Globalization;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Values;
using MlopsOperator.Rollouts.Guards;
using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Rollouts.Explanations;

/// <summary>Values as people read them.</summary>
internal static class Texts
{
    internal static string Percent(int tenThousandths) => new Api.Values.Share(Math.Clamp(tenThousandths, 0, Weights.Total)).ToString();

    internal static string Duration(TimeSpan time) => new GoDuration(time).ToString();

    internal static string Pods(int count) => count == 1 ? "1 pod" : string.Create(CultureInfo.InvariantCulture, $"{count} pods");

    internal static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    internal static string Time(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "the start";

    /// <summary>Why an analysis was passed.</summary>
    internal static string Passed(Situation situation)
    {
        var required = situation.Judgement is { } judgement ? EvidenceRules.RequiredVerdicts(situation, judgement).ToList() : [];
        return required.Count == 0
            ? $"No metric is required, and nothing failed at {Percent(situation.Weight)}."
            : string.Create(CultureInfo.InvariantCulture, $"{required.Count} of {required.Count} required metrics passed at {Percent(situation.Weight)}.");
    }

    /// <summary>What failed, with its numbers.</summary>
    internal static string Failed(Situation situation, Judgement judgement)
    {
        if (judgement.Outage)
        {
            return $"{situation.CandidateName} answers almost nothing but errors at {Percent(situation.Weight)}.";
        }

        var verdict = judgement.Verdicts.FirstOrDefault(v => string.Equals(v.Guard, judgement.FailedGuard, StringComparison.Ordinal));
        return $"{judgement.FailedGuard ?? "A metric"} of {situation.CandidateName} failed at {Percent(situation.Weight)}"
            + (verdict is null ? "." : $": {Share(verdict.Candidate)}{(verdict.Stable is null ? "" : $" against {Share(verdict.Stable)} of {situation.StableName}")}, allowed {Share(verdict.Threshold)}.");
    }

    internal static string WhyLower(Situation situation) => situation.Phase switch
    {
        RolloutPhase.RollingBack => $"it is taken back ({situation.Record.Reason})",
        _ when situation.CandidateReady == 0 => "it has no ready endpoint",
        _ when situation.Weight >= situation.Plan.WeightAt(situation.Record.Step.Index) => $"{situation.StableName} has ready endpoints again",
        _ => $"{Pods(situation.CandidateReady)} ready bear no more",
    };

    private static string Share(double? share) =>
        share is { } s && double.IsFinite(s) ? (100 * s).ToString("0.###", CultureInfo.InvariantCulture) + "%" : "no data";
}
