using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.Api;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Revisions;
using MlopsOperator.Api.Routes;
using MlopsOperator.Operator.Configuration;
using MlopsOperator.Operator.Revisions;

namespace MlopsOperator.Operator.Rollouts.Children;

/// <summary>The objects that a rollout wants to exist, each with exactly the fields that we own. Pure.</summary>
internal static class ChildObjects
{
    /// <summary>The Deployment of a revision.</summary>
    public static JsonObject Deployment(ModelDeployment owner, string revision, RevisionContent content, int replicas, OperatorOptions options)
    {
        var name = owner.Metadata.Name;
        return new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "Deployment",
            ["metadata"] = Metadata(owner, RevisionNames.Child(name, revision), RevisionStore.Labels(name, revision)),
            ["spec"] = new JsonObject
            {
                ["replicas"] = replicas,
                ["revisionHistoryLimit"] = 0,
                ["selector"] = new JsonObject { ["matchLabels"] = Selector(name, revision) },
                ["template"] = PodTemplateComposer.Compose(name, revision, content, options),
            },
        };
    }

    /// <summary>The Service of a revision; its EndpointSlices inherit the labels, by which gateways find them.</summary>
    public static JsonObject Service(ModelDeployment owner, string revision, RevisionContent content)
    {
        var name = owner.Metadata.Name;
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Service",
            ["metadata"] = Metadata(owner, RevisionNames.Child(name, revision), RevisionStore.Labels(name, revision)),
            ["spec"] = new JsonObject
            {
                ["selector"] = Selector(name, revision),
                ["ports"] = new JsonArray(new JsonObject
                {
                    ["name"] = "http",
                    ["port"] = content.RuntimeSpec.Port,
                    ["protocol"] = "TCP",
                    ["targetPort"] = content.RuntimeSpec.Port,
                }),
            },
        };
    }

    /// <summary>The Service under the deployment's own name: it leads to the gateway.</summary>
    public static JsonObject Alias(ModelDeployment owner, OperatorOptions options) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Service",
        ["metadata"] = Metadata(owner, owner.Metadata.Name, DeploymentLabels(owner.Metadata.Name)),
        ["spec"] = new JsonObject
        {
            ["type"] = "ExternalName",
            ["externalName"] = $"{options.GatewayService}.{options.GatewayNamespace}.svc.{options.ClusterDomain}",
            ["ports"] = new JsonArray(new JsonObject { ["name"] = "http", ["port"] = 80, ["protocol"] = "TCP", ["targetPort"] = 80 }),
        },
    };

    /// <summary>The route of a deployment.</summary>
    public static JsonObject Route(ModelDeployment owner, GatewayRouteSpec route) => new()
    {
        ["apiVersion"] = ApiGroup.GroupVersion,
        ["kind"] = GatewayRoute.KubeKind,
        ["metadata"] = Metadata(owner, owner.Metadata.Name, DeploymentLabels(owner.Metadata.Name)),
        ["spec"] = JsonSerializer.SerializeToNode(route, ApiJson.Options),
    };

    private static Dictionary<string, string> DeploymentLabels(string deployment) => new(StringComparer.Ordinal)
    {
        [WellKnown.DeploymentLabel] = deployment,
        [WellKnown.ManagedByLabel] = WellKnown.ManagedByValue,
    };

    private static JsonObject Selector(string deployment, string revision) => new()
    {
        [WellKnown.DeploymentLabel] = deployment,
        [WellKnown.RevisionLabel] = revision,
    };

    private static JsonObject Metadata(ModelDeployment owner, string name, Dictionary<string, string> labels) => new()
    {
        ["name"] = name,
        ["namespace"] = owner.Metadata.NamespaceProperty,
        ["labels"] = JsonSerializer.SerializeToNode(labels, ApiJson.Options),
        ["ownerReferences"] = new JsonArray(JsonSerializer.SerializeToNode(RevisionStore.Owner(owner), ApiJson.Options)),
    };
}
