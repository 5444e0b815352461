namespace MlopsOperator.Api.Strategies;

/// <summary>A metric and what must hold of it. Exactly one of <c>errorRate</c> and <c>latency</c>.</summary>
public sealed record AnalysisMetric
{
    /// <summary>Name, shown in verdicts.</summary>
    public string Name { get; init; } = "";

    /// <summary>Share of requests that fail.</summary>
    public ErrorRateRule? ErrorRate { get; init; }

    /// <summary>Share of requests that are slower than stable's quantile.</summary>
    public LatencyRule? Latency { get; init; }

    /// <summary>Whether a Pass is needed to go on; false by default. Any metric's Fail takes back.</summary>
    public bool Required { get; init; }

    /// <summary>Whether <c>required</c> asks a Pass of the ratio to stable too; false by default.</summary>
    public bool RequireRatio { get; init; }
}
