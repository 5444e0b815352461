using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Routes;

/// <summary>A compiled route.</summary>
[ValidationRule("self.sequence >= oldSelf.sequence", "the sequence of a route only rises", FieldPath = ".sequence")]
[ValidationRule("!has(self.mirror) || self.backends.exists(b, b.role == 'candidate' && b.weight == 0)", "mirror needs a candidate of weight 0")]
public sealed record GatewayRouteSpec
{
    /// <summary>Sequence of the record that caused this content; only rises, reported as <c>mlops_route_sequence</c>.</summary>
    [RangeMinimum(0)]
    public long Sequence { get; init; }

    /// <summary>Hosts that this route answers: exact names in lower case, or <c>*.</c> and a suffix.</summary>
    [ListSet]
    [Items(1, 64)]
    [Pattern(HttpNames.HostPattern, HttpNames.ExpectedHost, Elements = true)]
    [Length(1, 253, Elements = true)]
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Path prefix of the requests; / by default.</summary>
    [DefaultValue("/")]
    [Pattern(HttpNames.PathPattern, HttpNames.ExpectedPath)]
    [Length(1, 256)]
    public string Path { get; init; } = "/";

    /// <summary>The revisions; weights sum to 10,000.</summary>
    [ListMapKeys("role")]
    [Items(1, 2)]
    [ValidationRule("self[0].weight + (size(self) > 1 ? self[1].weight : 0) == 10000", "weights must sum to 10000")]
    public IReadOnlyList<RouteBackend> Backends { get; init; } = [];

    /// <summary>Copies of stable's requests for the candidate, which then has weight 0; none when absent.</summary>
    public RouteMirror? Mirror { get; init; }

    /// <summary>What makes requests of one user stay with one version.</summary>
    public StickySpec? Sticky { get; init; }

    /// <summary>Salt of the assignment, one per rollout.</summary>
    [Length(0, 64)]
    public string Salt { get; init; } = "";

    /// <summary>Total time that a request may take, as a Go duration; 30s by default.</summary>
    [DefaultValue("30s")]
    [DurationText("1ms", "24h")]
    public string Timeout { get; init; } = "30s";

    /// <summary>Time after the last scrape in which a gateway may serve the candidate, as a Go duration; without it, always.</summary>
    [DurationText("1ms", "1h")]
    public string? Lease { get; init; }

    /// <summary>Whether answers carry <c>x-mlops-version</c>; false by default.</summary>
    [DefaultValue(false)]
    public bool ExposeVersion { get; init; }
}
