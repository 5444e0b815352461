using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Deployments;

/// <summary>Where requests come in and how they are assigned.</summary>
public sealed record TrafficSpec
{
    /// <summary>Host names besides <c>name.namespace</c>, <c>name.namespace.svc</c> and <c>name.namespace.svc.cluster-domain</c>, which always answer.</summary>
    [ListSet]
    [Items(0, 32)]
    [Pattern(HttpNames.HostPattern, HttpNames.ExpectedHost, Elements = true)]
    [Length(1, 253, Elements = true)]
    public IReadOnlyList<string>? Hosts { get; init; }

    /// <summary>Path prefix of the requests; / by default.</summary>
    [DefaultValue("/")]
    [Pattern(HttpNames.PathPattern, HttpNames.ExpectedPath)]
    [Length(1, 256)]
    public string Path { get; init; } = "/";

    /// <summary>What makes requests of one user stay with one version.</summary>
    public StickySpec? Sticky { get; init; }

    /// <summary>Total time that a request may take, as a Go duration; 30s by default.</summary>
    [DurationText("1ms", "24h")]
    public string? Timeout { get; init; }

    /// <summary>Whether answers carry <c>x-mlops-version</c>; false by default.</summary>
    [DefaultValue(false)]
    public bool ExposeVersion { get; init; }
}
