using MlopsOperator.Api.Deployments;

namespace MlopsOperator.Api.Routes;

/// <summary>A compiled route.</summary>
public sealed record GatewayRouteSpec
{
    /// <summary>Sequence of the record that caused this content; only rises, reported as <c>mlops_route_sequence</c>.</summary>
    public long Sequence { get; init; }

    /// <summary>Hosts that this route answers: exact names in lower case, or <c>*.</c> and a suffix.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Path prefix of the requests.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The revisions; weights sum to 10,000.</summary>
    public IReadOnlyList<RouteBackend> Backends { get; init; } = [];

    /// <summary>What makes requests of one user stay with one version.</summary>
    public StickySpec? Sticky { get; init; }

    /// <summary>Salt of the assignment, one per rollout.</summary>
    public string Salt { get; init; } = "";

    /// <summary>Total time that a request may take, as a Go duration.</summary>
    public string Timeout { get; init; } = "30s";

    /// <summary>Whether answers carry <c>x-mlops-version</c>.</summary>
    public bool ExposeVersion { get; init; }
}
