using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Models;

/// <summary>Where a server shows its Prometheus metrics.</summary>
public sealed record RuntimeMetrics
{
    /// <summary>Port; 8080 by default.</summary>
    [DefaultValue(8080)]
    [RangeMinimum(1)]
    [RangeMaximum(65_535)]
    public int Port { get; init; } = 8080;

    /// <summary>Path; /metrics by default.</summary>
    [DefaultValue("/metrics")]
    [Pattern(HttpNames.PathPattern, HttpNames.ExpectedPath)]
    [Length(1, 256)]
    public string Path { get; init; } = "/metrics";
}
