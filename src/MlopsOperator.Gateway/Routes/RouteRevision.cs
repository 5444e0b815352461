using MlopsOperator.Api.Routes;
using MlopsOperator.Gateway.Observing;

namespace MlopsOperator.Gateway.Routes;

/// <summary>A revision of a route in one route set: where it is, and where its requests are counted.</summary>
internal sealed class RouteRevision(RouteBackend backend, RevisionEndpoint[] endpoints, RevisionCells cells)
{
    /// <summary>What the route says about it.</summary>
    public RouteBackend Backend { get; } = backend;

    /// <summary>Where requests can go; empty when there is nothing.</summary>
    public RevisionEndpoint[] Endpoints { get; } = endpoints;

    /// <summary>Its counters, the same over all route sets.</summary>
    public RevisionCells Cells { get; } = cells;

    /// <summary>Whether a request can go there.</summary>
    public bool HasEndpoint => Endpoints.Length > 0;
}
