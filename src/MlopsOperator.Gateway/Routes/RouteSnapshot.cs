using k8s.Models;
using MlopsOperator.Api.Routes;

namespace MlopsOperator.Gateway.Routes;

/// <summary>All routes and all slices of revisions, as one moment shows them.</summary>
/// <param name="Routes">Routes of all namespaces.</param>
/// <param name="Slices">Slices that carry a revision's label.</param>
internal sealed record RouteSnapshot(IReadOnlyList<GatewayRoute> Routes, IReadOnlyList<V1EndpointSlice> Slices);
