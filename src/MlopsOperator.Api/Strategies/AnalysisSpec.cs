using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Strategies;

/// <summary>What is measured during a rollout and what must hold. With <c>advance: Proved</c> at least one metric must be required.</summary>
[ValidationRule(
    "!has(self.metrics) || self.advance != 'Proved' || self.metrics.exists(m, m.required)",
    "advance: Proved needs at least one metric with required: true")]
public sealed record AnalysisSpec
{
    /// <summary>Time between scrapes, as a Go duration; one scrape is one block of evidence; 10s by default, 50ms to 1h.</summary>
    [DurationText("50ms", "1h")]
    public string? Interval { get; init; }

    /// <summary>Proved (default): every required metric says Pass. NotFailed: the wait is over, nothing failed, no data is missing.</summary>
    [DefaultValue(AdvanceMode.Proved)]
    public AdvanceMode Advance { get; init; } = AdvanceMode.Proved;

    /// <summary>The metrics; errors (ceiling 1 %, ratio 1.5, floor 0.1 %, required) and latency (0.95, excess 2.5 %) when absent.</summary>
    [ListMapKeys("name")]
    [Items(1, 16)]
    public IReadOnlyList<AnalysisMetric>? Metrics { get; init; }

    /// <summary>What happens when a required metric stays Unknown.</summary>
    public UnknownPolicy? Unknown { get; init; }
}
