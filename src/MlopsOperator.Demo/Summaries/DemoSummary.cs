namespace MlopsOperator.Demo.Summaries;

/// <summary>What a run of the demo observed.</summary>
internal sealed record DemoSummary
{
    public required IReadOnlyList<RolloutSummary> Rollouts { get; init; }

    public required TrafficSummary Traffic { get; init; }
}
