using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.Operator.Caching;
using MlopsOperator.Rollouts.Inputs;

namespace MlopsOperator.Operator.Requests;

/// <summary>Reads which requests a deployment has. What a record says of one is the truth, whatever the request's own status shows.</summary>
internal sealed class RequestBook(IObjectCache<RolloutRequest> requests, IObjectCache<ModelRollout> rollouts)
{
    /// <summary>Requests that are not answered, the oldest first; of one age, by name. What the newest rollout has answered stays until its status shows it.</summary>
    /// <param name="deployment">Whose requests.</param>
    /// <param name="all">Its rollouts with their newest records, the newest first.</param>
    public IReadOnlyList<PendingRequest> Pending(ModelDeployment deployment, IReadOnlyList<ModelRollout> all)
    {
        // Most deployments have none, and this is asked before each decision.
        var present = Of(deployment.Metadata.NamespaceProperty, deployment.Metadata.Name);
        if (present.Count == 0)
        {
            return [];
        }

        var answered = all.Skip(1).SelectMany(rollout => rollout.Status?.Requests ?? []).Select(known => known.Uid).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. present
                .Where(request => IsOpen(request) && !answered.Contains(request.Metadata.Uid) && RolloutRequestRules.Check(request).Count == 0)
                .OrderBy(request => request.Metadata.CreationTimestamp)
                .ThenBy(request => request.Metadata.Name, StringComparer.Ordinal)
                .Select(request => new PendingRequest { Uid = request.Metadata.Uid, Name = request.Metadata.Name, Spec = request.Spec }),
        ];
    }

    /// <summary>What a record says of a request; null where none does.</summary>
    public RecordedRequest? Answer(RolloutRequest request) => Rollouts(request)
        .SelectMany(rollout => rollout.Status?.Requests ?? [])
        .FirstOrDefault(known => string.Equals(known.Uid, request.Metadata.Uid, StringComparison.Ordinal));

    /// <summary>Whether the deployment that a request names has a rollout, which is what answers.</summary>
    public bool HasRollout(RolloutRequest request) => Rollouts(request).Count > 0;

    /// <summary>Requests to a deployment.</summary>
    public IReadOnlyList<RolloutRequest> Of(string? @namespace, string deployment) => requests.ByIndex(CacheIndexes.ByDeployment, CacheIndexes.Key(@namespace, deployment));

    /// <summary>Whether the status does not say yet what became of a request.</summary>
    public static bool IsOpen(RolloutRequest request) => request.Metadata.DeletionTimestamp is null && request.Status is not { Phase: RequestPhase.Honoured or RequestPhase.Refused };

    private IReadOnlyList<ModelRollout> Rollouts(RolloutRequest request) =>
        rollouts.ByIndex(CacheIndexes.ByDeployment, CacheIndexes.Key(request.Metadata.NamespaceProperty, request.Spec.Deployment));
}
