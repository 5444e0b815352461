namespace MlopsOperator.Api.Routes;

/// <summary>A revision that a route sends requests to.</summary>
public sealed record RouteBackend
{
    /// <summary>Stable or candidate.</summary>
    public BackendRole Role { get; init; }

    /// <summary>Revision hash: the label <c>revision</c> of its telemetry.</summary>
    public string Revision { get; init; } = "";

    /// <summary>Name of the ModelVersion: the value of <c>x-mlops-version</c>.</summary>
    public string ModelVersion { get; init; } = "";

    /// <summary>Name of the revision's Service; its EndpointSlices carry the addresses.</summary>
    public string Service { get; init; } = "";

    /// <summary>Port of the pods.</summary>
    public int Port { get; init; }

    /// <summary>Share of requests, in ten-thousandths.</summary>
    public int Weight { get; init; }
}
