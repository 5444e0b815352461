using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Models;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Routes;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Tests.Manifests;

/// <summary>The rules in C# of a manifest's kind.</summary>
internal static class KindRules
{
    public static IReadOnlyList<Problem> Check(JsonObject manifest) => manifest["kind"]!.GetValue<string>() switch
    {
        ModelVersion.KubeKind => ModelVersionRules.Check(Read<ModelVersion>(manifest)),
        ClusterModelRuntime.KubeKind => ModelRuntimeRules.Check(Read<ClusterModelRuntime>(manifest)),
        ModelDeployment.KubeKind => ModelDeploymentRules.Check(Read<ModelDeployment>(manifest)),
        RolloutStrategy.KubeKind => RolloutStrategyRules.Check(Read<RolloutStrategy>(manifest)),
        ClusterRolloutStrategy.KubeKind => RolloutStrategyRules.Check(Read<ClusterRolloutStrategy>(manifest)),
        ModelRollout.KubeKind => ModelRolloutRules.Check(Read<ModelRollout>(manifest)),
        GatewayRoute.KubeKind => GatewayRouteRules.Check(Read<GatewayRoute>(manifest)),
        RolloutRequest.KubeKind => RolloutRequestRules.Check(Read<RolloutRequest>(manifest)),
        var kind => throw new InvalidOperationException($"unknown kind {kind}"),
    };

    private static T Read<T>(JsonObject manifest) => manifest.Deserialize<T>(ApiJson.Options)!;
}
