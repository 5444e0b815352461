using MlopsOperator.Api.Routes;
using MlopsOperator.Gateway.Mirroring;

namespace MlopsOperator.Gateway.Routes;

/// <summary>What a valid GatewayRoute asks for, parsed once. It knows no endpoints.</summary>
internal sealed record RoutePlan
{
    /// <summary><c>namespace/name</c>, the label <c>route</c> of its telemetry.</summary>
    public required string Key { get; init; }

    /// <summary>Namespace, in which its backends' Services are looked up.</summary>
    public required string Namespace { get; init; }

    /// <summary>Identity of the object: another uid under the same name is another route.</summary>
    public required string Uid { get; init; }

    /// <summary>Age, which decides who keeps a host and path that two routes claim.</summary>
    public required DateTime Created { get; init; }

    /// <summary>Sequence that is reported once this plan is in effect.</summary>
    public required long Sequence { get; init; }

    /// <summary>Valid host patterns; <see cref="HostPattern.Any"/> alone when the route names none.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>Normalised path prefix.</summary>
    public required string Path { get; init; }

    /// <summary>The revision in role stable, if any.</summary>
    public RouteBackend? Stable { get; init; }

    /// <summary>The revision in role candidate, if any. It owns the buckets below its weight.</summary>
    public RouteBackend? Candidate { get; init; }

    /// <summary>Copies of stable's requests for the candidate, if any.</summary>
    public MirrorPlan? Mirror { get; init; }

    /// <summary>Header that carries the unit of the assignment.</summary>
    public string? StickyHeader { get; init; }

    /// <summary>Salt in UTF-8: the key of the assignment's hash.</summary>
    public required byte[] Salt { get; init; }

    /// <summary>Total time of a request.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Time after the last scrape in which the candidate may be served; null: always.</summary>
    public TimeSpan? Lease { get; init; }

    /// <summary>Whether answers name their version.</summary>
    public required bool ExposeVersion { get; init; }

    /// <summary>Both revisions that exist.</summary>
    public IEnumerable<RouteBackend> Backends
    {
        get
        {
            if (Stable is not null)
            {
                yield return Stable;
            }

            if (Candidate is not null)
            {
                yield return Candidate;
            }
        }
    }
}
