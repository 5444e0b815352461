using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Strategies;

/// <summary>A metric and what must hold of it. Exactly one of <c>errorRate</c> and <c>latency</c>.</summary>
[ValidationRule("has(self.errorRate) != has(self.latency)", "expected exactly one of errorRate and latency")]
[ValidationRule("!self.requireRatio || (has(self.errorRate) && has(self.errorRate.ratio))", "requireRatio needs errorRate.ratio")]
public sealed record AnalysisMetric
{
    /// <summary>Name, shown in verdicts.</summary>
    [Pattern(ResourceNames.Dns1035Pattern, ResourceNames.ExpectedLabel)]
    [Length(1, 63)]
    public string Name { get; init; } = "";

    /// <summary>Share of requests that fail.</summary>
    public ErrorRateRule? ErrorRate { get; init; }

    /// <summary>Share of requests that are slower than stable's quantile.</summary>
    public LatencyRule? Latency { get; init; }

    /// <summary>Whether a Pass is needed to go on; false by default. Any metric's Fail takes back.</summary>
    [DefaultValue(false)]
    public bool Required { get; init; }

    /// <summary>Whether <c>required</c> asks a Pass of the ratio to stable too, where there is a ceiling as well; false by default. Without a ceiling it always does.</summary>
    [DefaultValue(false)]
    public bool RequireRatio { get; init; }
}
