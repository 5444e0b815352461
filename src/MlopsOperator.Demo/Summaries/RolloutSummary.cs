namespace MlopsOperator.Demo.Summaries;

/// <summary>What was observed of a rollout.</summary>
internal sealed record RolloutSummary
{
    public required string Name { get; init; }

    public string? From { get; init; }

    public required string To { get; init; }

    public required string Phase { get; init; }

    /// <summary>The final reason.</summary>
    public required string Outcome { get; init; }

    /// <summary>The message.</summary>
    public required string Reason { get; init; }

    public double DurationSeconds { get; init; }

    /// <summary>Answers of the candidate that clients got during the rollout.</summary>
    public long Requests { get; init; }

    /// <summary>Those that were errors.</summary>
    public long Errors { get; init; }

    /// <summary>The candidate's weights in ten-thousandths, in the order in which the API showed them.</summary>
    public required IReadOnlyList<int> Weights { get; init; }
}
