namespace MlopsOperator.Demo.Summaries;

/// <summary>What clients got.</summary>
internal sealed record TrafficSummary
{
    public long Requests { get; init; }

    public long Errors { get; init; }

    public required IReadOnlyDictionary<string, VersionSummary> ByVersion { get; init; }
}
