using System.Text.Json;
using k8s.Models;
using MlopsOperator.Api;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Revisions;
using MlopsOperator.Operator.Deployments;

namespace MlopsOperator.Operator.Revisions;

/// <summary>Reads and makes the ControllerRevisions that hold what revisions are made of.</summary>
internal static class RevisionStore
{
    private const int MaximumSize = 1_300_000;

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

    /// <summary>Why a revision cannot be stored: etcd takes 1.5 MiB at most, and says so with an error that looks like its own.</summary>
    public static SpecProblem? TooLarge(ModelDeployment deployment, V1ControllerRevision revision)
    {
        var size = JsonSerializer.SerializeToUtf8Bytes(revision.Data, ApiJson.Options).Length;
        return size <= MaximumSize
            ? null
            : new SpecProblem(
                "RevisionTooLarge",
                FormattableString.Invariant($"ModelDeployment {deployment.Metadata.NamespaceProperty}/{deployment.Metadata.Name}: found {size} bytes of ModelVersion {deployment.Spec.ModelVersionRef.Name}, ")
                + FormattableString.Invariant($"runtime and spec.template together; expected at most {MaximumSize}, as one object must hold them; shorten the version's spec.tests or the runtime's template"));
    }

    /// <summary>The content, or null where the data is not ours.</summary>
    public static RevisionContent? Read(V1ControllerRevision stored)
    {
        try
        {
            // What was read from the API is an element already.
            var data = stored.Data is JsonElement element ? element : JsonSerializer.SerializeToElement(stored.Data, ApiJson.Options);
            return data.ValueKind is JsonValueKind.Object ? data.Deserialize<RevisionContent>(ApiJson.Options) : null;
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
