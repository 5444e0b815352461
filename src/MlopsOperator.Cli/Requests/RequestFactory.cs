using k8s.Models;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Requests;
using MlopsOperator.Cli.Cluster;
using MlopsOperator.Cli.Output;

namespace MlopsOperator.Cli.Requests;

/// <summary>Makes a request of what a person typed and what there is now: bound to the rollout and step that were looked at. Pure.</summary>
internal static class RequestFactory
{
    private const int LongestPrefix = 40;

    /// <param name="release">What there is.</param>
    /// <param name="wish">What is asked.</param>
    /// <param name="suffix">Makes the name one that nobody has used.</param>
    public static RolloutRequest Create(Release release, RequestWish wish, string suffix)
    {
        // A pause stays with the deployment, whichever rollout comes next; everything else is meant for what was looked at.
        var bound = wish.Action is not (RequestAction.Pause or RequestAction.Resume);
        if (bound && release.Newest is null)
        {
            throw new CommandFailure(ExitCodes.Failed, $"ModelDeployment {release.Name} has had no rollout yet: there is nothing to {wish.Action.ToString().ToLowerInvariant()}. See: {release.Command("status")}");
        }

        var stepped = wish.Action is RequestAction.Approve || wish is { Action: RequestAction.Promote, Full: false };
        var prefix = release.Name.Length > LongestPrefix ? release.Name[..LongestPrefix] : release.Name;
        return new RolloutRequest
        {
            Metadata = new V1ObjectMeta
            {
                Name = $"{prefix}-{wish.Action.ToString().ToLowerInvariant()}-{suffix}",
                NamespaceProperty = release.Namespace,

                // It goes with its deployment.
                OwnerReferences =
                [
                    new V1OwnerReference { ApiVersion = release.Deployment.ApiVersion, Kind = ModelDeployment.KubeKind, Name = release.Name, Uid = release.Deployment.Metadata.Uid },
                ],
            },
            Spec = new RolloutRequestSpec
            {
                Deployment = release.Name,
                Action = wish.Action,
                RequestedBy = wish.By,
                Reason = wish.Reason,
                CandidateDigest = wish.Digest,
                Full = wish.Full,
                Force = wish.Force,
                Rollout = bound ? new RequestedRollout { Name = release.Newest!.Metadata.Name, Uid = release.Newest.Metadata.Uid } : null,
                Step = stepped ? (release.Newest!.Status?.Step.Index ?? 0) + 1 : null,
            },
        };
    }
}
