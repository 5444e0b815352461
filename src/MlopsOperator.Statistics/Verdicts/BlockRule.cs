using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Statistics.Verdicts;

/// <summary>Which blocks are judged at all.</summary>
internal static class BlockRule
{
    public static bool IsValid(EvidenceBlock block) => IsValid(block.Candidate) && IsValid(block.Stable);

    private static bool IsValid(ArmBlock arm) =>
        Counts.AreValid(arm.Requests, arm.Errors) && arm.Requests <= Counts.Largest
        && (arm.Durations.Count == 0 || (arm.Durations.Count == LatencyHistogram.BucketCount && arm.Durations.All(count => count is >= 0 and <= Counts.Largest)));
}
