using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Routes;

/// <summary>A revision that a route sends requests to.</summary>
public sealed record RouteBackend
{
    /// <summary>Stable or candidate.</summary>
    public BackendRole Role { get; init; }

    /// <summary>Revision hash: the label <c>revision</c> of its telemetry.</summary>
    [Length(1, 63)]
    public string Revision { get; init; } = "";

    /// <summary>Name of the ModelVersion: the value of <c>x-mlops-version</c>.</summary>
    [Length(1, 253)]
    public string ModelVersion { get; init; } = "";

    /// <summary>Name of the revision's Service; its EndpointSlices carry the addresses.</summary>
    [Pattern(ResourceNames.Dns1035Pattern, ResourceNames.ExpectedLabel)]
    [Length(1, 63)]
    public string Service { get; init; } = "";

    /// <summary>Port of the pods.</summary>
    [RangeMinimum(1)]
    [RangeMaximum(65_535)]
    public int Port { get; init; }

    /// <summary>Share of requests, in ten-thousandths.</summary>
    [RangeMinimum(0)]
    [RangeMaximum(10_000)]
    public int Weight { get; init; }
}
