using MlopsOperator.Statistics.Verdicts.Totals;

namespace MlopsOperator.Statistics.Verdicts;

/// <summary>What has to hold beside the wealth before a Pass counts. It only ever holds a Pass back.</summary>
internal static class PassGate
{
    /// <summary>Blocks that the last step needs in the whole rollout.</summary>
    public const double LastStepBlocks = 60;

    /// <summary>Blocks that each weight step needs of its own.</summary>
    public const double StepBlocks = 6;

    /// <summary>Blocks after which a ceiling passes without any history of stable.</summary>
    public const double BlocksWithoutHistory = 240;

    /// <summary>Requests a block from which on <see cref="LastStepBlocks"/> suffice without history.</summary>
    public const double BusyBlock = 1000;

    /// <summary>The candidate's errors may clump this much more than stable's.</summary>
    public const double Clump = 2;

    /// <summary>Stable's rate over which a ratio of odds is no ratio of rates.</summary>
    public const double HighRate = 0.2;

    /// <summary>The gate of a Pass by comparison with stable; the first that matches, or null.</summary>
    /// <param name="blocks">Blocks with requests on both arms.</param>
    /// <param name="observed">Blocks over which errors were counted: those of <paramref name="blocks"/>, and those in which an arm had no requests.</param>
    /// <param name="candidate">The candidate's totals.</param>
    /// <param name="stable">Stable's totals.</param>
    /// <param name="ratio">Allowed ratio.</param>
    /// <param name="floor">Share of errors below which the ratio does not matter.</param>
    /// <param name="minBlocks">Blocks needed.</param>
    /// <param name="clump">Allowed ratio of the arms' clumping.</param>
    public static string? ForRatio(double blocks, double observed, ArmTotals candidate, ArmTotals stable, double ratio, double floor, double minBlocks = LastStepBlocks, double clump = Clump)
    {
        if (candidate.Requests <= 0)
        {
            return VerdictReasons.NoTraffic;
        }

        if (stable.Requests <= 0)
        {
            return VerdictReasons.NoBaseline;
        }

        if (blocks < minBlocks)
        {
            return VerdictReasons.TooFewBlocks;
        }

        if (Fano(candidate, observed) > clump * Math.Max(1, Fano(stable, observed)))
        {
            return VerdictReasons.ErrorsClumped;
        }

        return candidate.Errors > 0 && candidate.Errors / candidate.Requests >= Math.Max(ratio * stable.Errors / stable.Requests, floor)
            ? VerdictReasons.EstimateOverLimit
            : null;
    }

    /// <summary>The gate of a Pass against a fixed limit; the first that matches, or null.</summary>
    /// <param name="blocks">Blocks with requests to the candidate.</param>
    /// <param name="candidate">The candidate's totals.</param>
    /// <param name="ceiling">The limit.</param>
    /// <param name="minBlocks">Blocks needed.</param>
    /// <param name="historyBlocks">Blocks needed beside a history that is too short; 0 when that does not matter.</param>
    public static string? ForCeiling(double blocks, ArmTotals candidate, double ceiling, double minBlocks, double historyBlocks)
    {
        if (candidate.Requests <= 0)
        {
            return VerdictReasons.NoTraffic;
        }

        if (blocks < minBlocks)
        {
            return VerdictReasons.TooFewBlocks;
        }

        if (blocks < historyBlocks)
        {
            return VerdictReasons.NoHistory;
        }

        return candidate.Errors > 0 && candidate.Errors / candidate.Requests >= ceiling ? VerdictReasons.EstimateOverLimit : null;
    }

    /// <summary>Blocks that the last step of a ceiling needs: 60 with as many blocks of stable from before the rollout, or where blocks are busy; else 240.</summary>
    internal static double HistoryBlocks(ArmTotals candidate, StableHistory? history) =>
        history?.Blocks >= LastStepBlocks || candidate.Requests >= BusyBlock * candidate.Blocks ? LastStepBlocks : BlocksWithoutHistory;

    private static double Fano(ArmTotals arm, double observed) => ClusterSize.Fano(arm.Errors, arm.ErrorSquares, observed);
}
