using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Strategies;

/// <summary>A metric and what must hold of it. Exactly one of <c>errorRate</c> and <c>latency</c>. A required <c>errorRate</c> needs a ceiling, or <c>requireRatio</c>.</summary>
[ValidationRule("has(self.errorRate) != has(self.latency)", "expected exactly one of errorRate and latency")]
[ValidationRule("!self.requireRatio || (has(self.errorRate) && has(self.errorRate.ratio))", "requireRatio needs errorRate.ratio")]
[ValidationRule(
    "!self.required || !has(self.errorRate) || has(self.errorRate.ceiling) || self.requireRatio",
    "a required errorRate needs a ceiling, or requireRatio: true")]
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

    /// <summary>Whether <c>required</c> asks a Pass of the ratio to stable too; false by default.</summary>
    [DefaultValue(false)]
    public bool RequireRatio { get; init; }
}
