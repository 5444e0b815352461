using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Statistics.Verdicts;

/// <summary>What a guard counts in a block: requests, and those of them that are bad (failed, or slow).</summary>
internal sealed record GuardCounts(double CandidateRequests, double CandidateBad, double StableRequests, double StableBad)
{
    public static GuardCounts OfErrors(EvidenceBlock block) =>
        new(block.Candidate.Requests, block.Candidate.Errors, block.Stable.Requests, block.Stable.Errors);

    public static GuardCounts OfSlow(EvidenceBlock block, int edge) =>
        new(Total(block.Candidate), Slow(block.Candidate, edge), Total(block.Stable), Slow(block.Stable, edge));

    private static double Total(ArmBlock arm) => arm.Durations.Sum();

    private static double Slow(ArmBlock arm, int edge) => arm.Durations.Count == 0 ? 0 : LatencyHistogram.Exceeding(arm.Durations, edge);
}
