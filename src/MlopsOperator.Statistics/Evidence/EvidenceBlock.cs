namespace MlopsOperator.Statistics.Evidence;

/// <summary>Counts of both revisions between two scrapes, added over gateways.</summary>
public sealed record EvidenceBlock
{
    /// <summary>The candidate's counts.</summary>
    public ArmBlock Candidate { get; init; } = new();

    /// <summary>Stable's counts.</summary>
    public ArmBlock Stable { get; init; } = new();
}
