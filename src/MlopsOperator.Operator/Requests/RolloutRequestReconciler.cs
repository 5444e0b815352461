using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.ControllerRuntime.Events;
using MlopsOperator.ControllerRuntime.Rbac;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Writing;

namespace MlopsOperator.Operator.Requests;

/// <summary>
/// Tells those who asked what became of their request, and clears away what was answered long ago. It decides nothing: a rollout's record says what was done,
/// and the status follows from it, whenever that was and whoever leads now. Only what no rollout can answer is refused here.
/// </summary>
[EntityRbac(typeof(RolloutRequest), Verbs = RbacVerb.Read | RbacVerb.Delete)]
[EntityRbac(typeof(RolloutRequest), Subresource = "status", Verbs = RbacVerb.Update)]
[EntityRbac(typeof(ModelDeployment), typeof(ModelRollout), Verbs = RbacVerb.Read)]
internal sealed class RolloutRequestReconciler(RequestBook book, StatusWriter statuses, IKubernetesApi api, IEventRecorder events, TimeProvider time) : IEntityController<RolloutRequest>
{
    /// <summary>How long an answered request stays.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private const string Manager = "mlops-operator-requests";

    public async Task<ReconciliationResult<RolloutRequest>> ReconcileAsync(RolloutRequest entity, CancellationToken cancellationToken)
    {
        if (entity.Metadata.DeletionTimestamp is not null)
        {
            return ReconciliationResult<RolloutRequest>.Success(entity);
        }

        var status = await StatusAsync(entity, cancellationToken);
        if (status.AnsweredAt is not { } answered)
        {
            await WriteAsync(entity, status, cancellationToken);
            return ReconciliationResult<RolloutRequest>.Success(entity);
        }

        var left = answered + Kept - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            await api.DeleteAsync(entity, cancellationToken);
            return ReconciliationResult<RolloutRequest>.Success(entity);
        }

        await WriteAsync(entity, status, cancellationToken);
        if (RequestBook.IsOpen(entity) && book.Answer(entity) is null)
        {
            // The rollout tells of what it answers; nobody else tells of this.
            events.Publish(entity, EventType.Warning, RequestStatus.RefusedReason(status), "Answer", status.Message);
        }

        return ReconciliationResult<RolloutRequest>.Success(entity, left);
    }

    public Task<ReconciliationResult<RolloutRequest>> DeletedAsync(RolloutRequest entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<RolloutRequest>.Success(entity));

    private async Task<RolloutRequestStatus> StatusAsync(RolloutRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (book.Answer(request) is { } answer)
        {
            return RequestStatus.Answered(request, answer, now);
        }

        // The record that answered it may be gone by now; the answer stays.
        if (!RequestBook.IsOpen(request))
        {
            return request.Status!;
        }

        if (RolloutRequestRules.Check(request) is { Count: > 0 } problems)
        {
            return RequestStatus.Invalid(request, problems, now);
        }

        if (book.HasRollout(request))
        {
            return RequestStatus.Pending(request, hasRollout: true, now);
        }

        // Nothing serves under this name as far as the caches show; they may be behind.
        var exists = await api.GetAsync<ModelDeployment>(request.Metadata.NamespaceProperty, request.Spec.Deployment, cancellationToken) is not null;
        return exists ? RequestStatus.Pending(request, hasRollout: false, now) : RequestStatus.Orphaned(request, now);
    }

    private Task<RolloutRequest> WriteAsync(RolloutRequest entity, RolloutRequestStatus status, CancellationToken cancellationToken) =>
        statuses.WriteAsync(entity, new RolloutRequest { Metadata = entity.Metadata, Spec = entity.Spec, Status = status }, Manager, cancellationToken);
}
