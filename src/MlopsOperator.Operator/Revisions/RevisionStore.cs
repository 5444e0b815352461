using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using MlopsOperator.Api;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Revisions;

namespace MlopsOperator.Operator.Revisions;

/// <summary>Reads and makes the ControllerRevisions that hold what revisions are made of.</summary>
internal static class RevisionStore
{
    /// <summary>The ControllerRevision of a revision, ready to be created.</summary>
    public static V1ControllerRevision ToControllerRevision(ModelDeployment deployment, string revision, RevisionContent content, long number) => new()
    {
        ApiVersion = "apps/v1",
        Kind = "ControllerRevision",
        Metadata = new V1ObjectMeta
        {
            Name = RevisionNames.Child(deployment.Metadata.Name, revision),
            NamespaceProperty = deployment.Metadata.NamespaceProperty,
            Labels = Labels(deployment.Metadata.Name, revision),
            OwnerReferences = [Owner(deployment)],
        },
        Data = JsonSerializer.SerializeToElement(content, ApiJson.Options),
        Revision = number,
    };

    /// <summary>The content, or null where the data is not ours.</summary>
    public static RevisionContent? Read(V1ControllerRevision stored)
    {
        try
        {
            var data = JsonSerializer.SerializeToNode(stored.Data, ApiJson.Options) as JsonObject;
            return data.Deserialize<RevisionContent>(ApiJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Labels that every child of a revision carries.</summary>
    public static Dictionary<string, string> Labels(string deployment, string revision) => new(StringComparer.Ordinal)
    {
        [WellKnown.DeploymentLabel] = deployment,
        [WellKnown.RevisionLabel] = revision,
        [WellKnown.ManagedByLabel] = WellKnown.ManagedByValue,
    };

    /// <summary>The reference by which everything that belongs to a deployment goes when it goes.</summary>
    public static V1OwnerReference Owner(ModelDeployment deployment) => new()
    {
        ApiVersion = ApiGroup.GroupVersion,
        Kind = ModelDeployment.KubeKind,
        Name = deployment.Metadata.Name,
        Uid = deployment.Metadata.Uid,
        Controller = true,
        BlockOwnerDeletion = true,
    };
}
