using k8s.Models;

namespace MlopsOperator.Operator.Rollouts.Observing;

/// <summary>Reads EndpointSlices. Pure.</summary>
internal static class Endpoints
{
    /// <summary>Label by which slices name their Service.</summary>
    public const string ServiceLabel = "kubernetes.io/service-name";

    /// <summary>Addresses that traffic may be sent to, sorted.</summary>
    public static IReadOnlyList<string> Ready(IEnumerable<V1EndpointSlice> slices) =>
    [
        .. slices.SelectMany(slice => slice.Endpoints ?? [])
            .Where(endpoint => endpoint.Conditions?.Ready == true && endpoint.Conditions?.Terminating != true)
            .SelectMany(endpoint => endpoint.Addresses ?? [])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];
}
