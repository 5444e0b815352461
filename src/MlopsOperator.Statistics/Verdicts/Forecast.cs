using MlopsOperator.Statistics.Verdicts.Totals;
using MlopsOperator.Statistics.Verdicts.Wealths;

namespace MlopsOperator.Statistics.Verdicts;

/// <summary>How many more blocks a Pass needs if things stay as they are: growth so far, shrunk towards what a healthy candidate would show.</summary>
internal static class Forecast
{
    // Weight of the planned growth, in blocks.
    private const double Prior = 20;

    // Blocks with more errors than this grow alike; summing over all outcomes of larger ones would cost more than it tells.
    private const double MostErrorsPlanned = 30;

    public static double? BlocksToGo(string reason, GuardState state, PassEvidence pass, double missing, double beta)
    {
        if (reason is not (VerdictReasons.MoreNeeded or VerdictReasons.TooFewBlocks or VerdictReasons.NoHistory) || state.Candidate.Requests <= 0 || state.Observed <= 0)
        {
            return null;
        }

        var (logs, growth) = (new List<double>(), new List<double>());
        var parts = (pass.Share is null ? 0 : 1) + (pass.Ceiling > 0 ? 1 : 0);
        if (pass.Share is { } share)
        {
            AddShare(logs, growth, state, share, pass.Ratio);
        }

        if (pass.Ceiling > 0)
        {
            AddCeiling(logs, growth, state, pass);
        }

        var evidence = Growth.BlocksToThreshold([.. logs], [.. growth], -Math.Log(beta) + Math.Log(parts));
        return evidence is { } blocks ? RoundUp(Math.Max(Math.Max(1, blocks), missing)) : null;
    }

    /// <summary>Rounded up to one digit: more would be a promise.</summary>
    public static double RoundUp(double blocks)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(blocks)));
        return Math.Ceiling(blocks / unit) * unit;
    }

    private static void AddShare(List<double> logs, List<double> growth, GuardState state, Wealth share, double ratio)
    {
        var requests = (state.Candidate.Requests + state.Stable.Requests) / state.Observed;
        var rate = state.Stable.Rate ?? 0;
        var planned = rate * requests > MostErrorsPlanned ? MostErrorsPlanned / rate : requests;
        var (any, healthy) = Growth.Planned(rate, 1, planned, state.Candidate.Requests / (state.Candidate.Requests + state.Stable.Requests), ratio, towardsFail: false);
        var informative = (share.Units + (Prior * any)) / (state.Observed + Prior);
        for (var index = 0; index < Bet.Fractions.Count; index++)
        {
            logs.Add(Math.Log(share.Stakes[index]));
            growth.Add(informative * (share.LogPayoffs[index] + (Prior * healthy[index])) / (share.Units + Prior));
        }

        logs.Add(Math.Log(share.Cash));
        growth.Add(0);
    }

    private static void AddCeiling(List<double> logs, List<double> growth, GuardState state, PassEvidence pass)
    {
        var requests = state.Candidate.Requests / state.Observed;
        var rate = (state.Candidate.Errors + (Prior * requests * (state.Stable.Rate ?? state.Candidate.Rate ?? 0))) / (state.Candidate.Requests + (Prior * requests));
        Span<double> now = stackalloc double[Bet.Fractions.Count];
        Span<double> block = stackalloc double[Bet.Fractions.Count];
        CeilingPass.LogWealths(state.Candidate.Requests, state.Candidate.Errors, pass.Ceiling, pass.ClusterSize, now);
        CeilingPass.LogWealths(requests, requests * rate, pass.Ceiling, pass.ClusterSize, block);
        for (var index = 0; index < now.Length; index++)
        {
            logs.Add(now[index] - Math.Log(now.Length));
            growth.Add(block[index]);
        }
    }
}
