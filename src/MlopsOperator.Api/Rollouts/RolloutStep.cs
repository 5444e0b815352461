using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Rollouts;

/// <summary>The current step of a rollout.</summary>
public sealed record RolloutStep
{
    /// <summary>Index into the compiled steps, from 0.</summary>
    [RangeMinimum(0)]
    public int Index { get; init; }

    /// <summary>Name of the step, such as <c>weight 10%</c>.</summary>
    [Length(0, 256)]
    public string Name { get; init; } = "";

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When gateways had confirmed the route's content; cleared when the sequence rises.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>
    /// Seconds since then in which a gateway gave the candidate no requests, as no scrape had reached it within the exposure lease. That is no waiting time.
    /// </summary>
    [RangeMinimum(0)]
    public double? LapsedSeconds { get; init; }

    /// <summary>Up to which moment lapses are counted.</summary>
    public DateTimeOffset? LapsesCountedTo { get; init; }

    /// <summary>When a person approved it; absent while nobody has, or nobody need.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>What it waits for.</summary>
    [Length(0, 4096)]
    public string? WaitingFor { get; init; }
}
