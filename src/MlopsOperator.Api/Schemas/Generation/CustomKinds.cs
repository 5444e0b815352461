using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Models;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Routes;
using MlopsOperator.Api.Strategies;

namespace MlopsOperator.Api.Schemas.Generation;

/// <summary>All kinds of this API group.</summary>
internal static class CustomKinds
{
    /// <summary>The resource types, each with a definition in <c>crds/</c>.</summary>
    public static IReadOnlyList<Type> All { get; } =
    [
        typeof(ModelVersion),
        typeof(ClusterModelRuntime),
        typeof(ModelDeployment),
        typeof(RolloutStrategy),
        typeof(ClusterRolloutStrategy),
        typeof(ModelRollout),
        typeof(GatewayRoute),
        typeof(RolloutRequest),
    ];
}
