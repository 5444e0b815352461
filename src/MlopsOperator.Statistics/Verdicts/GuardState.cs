using MlopsOperator.Statistics.Verdicts.Totals;
using MlopsOperator.Statistics.Verdicts.Wealths;

namespace MlopsOperator.Statistics.Verdicts;

/// <summary>What one guard has seen.</summary>
public sealed record GuardState
{
    /// <summary>Name of the guard.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>Its kind.</summary>
    public GuardKind Kind { get; init; }

    /// <summary>Bet on harm: over the ceiling, or over the ratio.</summary>
    public Wealth Fail { get; init => field = value ?? Wealth.Start; } = Wealth.Start;

    /// <summary>Bet on harm: over the floor. Only guards with a floor.</summary>
    public Wealth? FloorFail { get; init; }

    /// <summary>Bets on health, one for each different tolerance of the steps. Only guards with a ratio.</summary>
    public IReadOnlyList<Wealth> Passes { get; init => field = Present.In(value); } = [];

    /// <summary>The candidate over all blocks.</summary>
    public ArmTotals SeenCandidate { get; init => field = value ?? ArmTotals.None; } = ArmTotals.None;

    /// <summary>Stable over all blocks.</summary>
    public ArmTotals SeenStable { get; init => field = value ?? ArmTotals.None; } = ArmTotals.None;

    /// <summary>The candidate over blocks that count for a Pass.</summary>
    public ArmTotals Candidate { get; init => field = value ?? ArmTotals.None; } = ArmTotals.None;

    /// <summary>Stable over blocks that count for a Pass.</summary>
    public ArmTotals Stable { get; init => field = value ?? ArmTotals.None; } = ArmTotals.None;

    /// <summary>Blocks that count for a Pass.</summary>
    public double Observed { get; init; }

    /// <summary>Those of them that have requests to the candidate and, for a guard with a ratio, to stable.</summary>
    public double Compared { get; init; }

    /// <summary>Those of them since the last weight change.</summary>
    public double ComparedSinceChange { get; init; }

    /// <summary>Latency: stable's durations until its quantile is known.</summary>
    public LatencyReference? Reference { get; init; }

    /// <summary>Latency: index of the edge above which a request is slow; null until known, frozen from then on.</summary>
    public int? SlowAbove { get; init; }
}
