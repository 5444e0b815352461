using System.Globalization;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Guards;
using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Rollouts.Record;

/// <summary>Verdicts of the judges as the record shows them.</summary>
internal static class Verdicts
{
    /// <summary>Unknown: no block for three intervals.</summary>
    internal const string Stale = nameof(Stale);

    internal static IReadOnlyList<MetricVerdict>? Of(Situation situation)
    {
        if (situation.Judgement is not { } judgement)
        {
            return situation.Record.Verdicts;
        }

        var stale = EvidenceRules.Stale(situation) && situation.Forward;
        return [.. judgement.Verdicts.Take(Limits.Results).Select(v => Of(v, stale))];
    }

    private static MetricVerdict Of(GuardVerdict verdict, bool stale)
    {
        var silent = stale && verdict.State is not Verdict.Fail;
        return new MetricVerdict
        {
            Metric = Limits.Cut(verdict.Guard, Limits.GuardName),
            State = silent ? VerdictState.Unknown : State(verdict.State),
            Reason = silent ? Stale : verdict.Reason,
            Candidate = Finite(verdict.Candidate),
            Stable = Finite(verdict.Stable),
            Samples = Finite(verdict.Samples) ?? 0,
            FailEvidence = Finite(verdict.LogFail) ?? 0,
            PassEvidence = Finite(verdict.LogPass) ?? 0,
            Threshold = Finite(verdict.Threshold),
            Needs = Needs(verdict, silent),
        };
    }

    private static VerdictState State(Verdict verdict) => verdict switch
    {
        Verdict.Pass => VerdictState.Pass,
        Verdict.Fail => VerdictState.Fail,
        _ => VerdictState.Unknown,
    };

    private static string? Needs(GuardVerdict verdict, bool silent)
    {
        if (silent)
        {
            return "a new block of evidence";
        }

        return verdict.State is Verdict.Unknown && verdict.BlocksToGo is { } blocks && double.IsFinite(blocks)
            ? string.Create(CultureInfo.InvariantCulture, $"about {blocks:0} more blocks")
            : null;
    }

    /// <summary>JSON has no infinities.</summary>
    private static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;
}
