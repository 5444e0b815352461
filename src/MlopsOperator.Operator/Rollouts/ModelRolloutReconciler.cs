using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.ControllerRuntime.Events;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Writing;
using MlopsOperator.Operator.Deployments;
using MlopsOperator.Operator.Rollouts.Children;
using MlopsOperator.Operator.Rollouts.GoldenTests;
using MlopsOperator.Operator.Rollouts.Observing;
using MlopsOperator.Rollouts;
using MlopsOperator.Rollouts.Decisions;
using MlopsOperator.Rollouts.Inputs;

namespace MlopsOperator.Operator.Rollouts;

/// <summary>
/// Carries rollouts out: observe, decide, save the record, apply, report, in this order. Its key is the ModelDeployment, so that one worker at a time
/// shapes what a deployment serves. Writes <c>ModelRollout.status</c>, Deployments, Services and the route, and nothing else.
/// </summary>
internal sealed class ModelRolloutReconciler(
    RolloutGatherer gatherer,
    RevisionObserver revisions,
    RevisionWriter writer,
    ChildWriter children,
    ITrafficProvider traffic,
    GoldenTestRunner tests,
    ReadinessReasons readiness,
    RolloutMemory memory,
    IKubernetesApi api,
    IEventRecorder events) : IEntityController<ModelDeployment>
{

    public async Task<ReconciliationResult<ModelDeployment>> ReconcileAsync(ModelDeployment entity, CancellationToken cancellationToken)
    {
        if (entity.Metadata.DeletionTimestamp is not null)
        {
            return ReconciliationResult<ModelDeployment>.Success(entity);
        }

        var rollouts = gatherer.Rollouts(entity);
        TimeSpan? next = null;
        if (rollouts.Count > 0)
        {
            traffic.Watch(entity, RolloutGatherer.Interval(rollouts[0]));
            var evidence = traffic.DrainEvidence(entity);
            for (var index = 0; index < rollouts.Count; index++)
            {
                if (index == 0 || !RolloutLedger.IsFinal(rollouts[index]))
                {
                    next = Sooner(next, await AdvanceAsync(entity, rollouts[index], [.. rollouts.Take(index)], evidence, cancellationToken));
                }
            }

            await writer.WriteAliasAsync(entity, cancellationToken);
        }

        return ReconciliationResult<ModelDeployment>.Success(entity, next);
    }

    public Task<ReconciliationResult<ModelDeployment>> DeletedAsync(ModelDeployment entity, CancellationToken cancellationToken)
    {
        traffic.Forget(entity);
        children.Forget(entity);
        return Task.FromResult(ReconciliationResult<ModelDeployment>.Success(entity));
    }

    private static TimeSpan? Sooner(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;

    private async Task<TimeSpan?> AdvanceAsync(
        ModelDeployment deployment, ModelRollout rollout, IReadOnlyList<ModelRollout> newer, IReadOnlyList<EvidenceRound> evidence, CancellationToken cancellationToken)
    {
        var decision = RolloutEngine.Decide(gatherer.Gather(deployment, rollout, newer, evidence));
        await SaveAsync(rollout, decision, cancellationToken);
        await ApplyAsync(deployment, rollout, decision.Wanted, cancellationToken);
        foreach (var @event in decision.Events)
        {
            var type = @event.Warning ? EventType.Warning : EventType.Normal;
            events.Publish(rollout, type, @event.Reason, "Rollout", @event.Note);
            events.Publish(deployment, type, @event.Reason, "Rollout", @event.Note);
        }

        return await ProbeAsync(deployment, rollout, decision, cancellationToken) ? TimeSpan.Zero : decision.RequeueAfter;
    }

    /// <summary>Record first: what is applied later follows from what is saved. A record that has moved is read again and decided again, never written again.</summary>
    private async Task SaveAsync(ModelRollout rollout, RolloutDecision decision, CancellationToken cancellationToken)
    {
        if (decision.MustSave || rollout.Status?.ObservedGeneration != rollout.Metadata.Generation)
        {
            try
            {
                rollout.Status = decision.Record;
                var saved = await api.ReplaceStatusAsync(rollout, ChildWriter.Manager, cancellationToken);
                rollout.Metadata.ResourceVersion = saved.Metadata.ResourceVersion;
            }
            catch (Exception error) when (error is ApiException or TransportException)
            {
                memory.Forget(rollout.Metadata.Uid);
                throw;
            }
        }

        memory.Keep(rollout, decision.Record);
    }

    private async Task ApplyAsync(ModelDeployment deployment, ModelRollout rollout, WantedState wanted, CancellationToken cancellationToken)
    {
        if (wanted.TouchesCandidate)
        {
            await writer.WriteAsync(deployment, rollout.Spec.To.Revision, wanted.CandidateReplicas, cancellationToken);
        }

        if (wanted.TouchesStable && rollout.Spec.From is { } from && !string.Equals(from.Revision, rollout.Spec.To.Revision, StringComparison.Ordinal))
        {
            await writer.WriteAsync(deployment, from.Revision, wanted.StableReplicas, cancellationToken);
        }

        if (wanted is { Shapes: true, Route: { } route })
        {
            await traffic.ApplyAsync(deployment, route, cancellationToken);
        }
    }

    /// <summary>Sends golden requests, or asks pods why they are not ready. True when the next decision has something new to look at.</summary>
    private async Task<bool> ProbeAsync(ModelDeployment deployment, ModelRollout rollout, RolloutDecision decision, CancellationToken cancellationToken)
    {
        var revision = rollout.Spec.To.Revision;
        if (revisions.Content(deployment, revision) is not { } content)
        {
            return false;
        }

        if (decision.Wanted.RunGoldenTests && revisions.ReadyAddress(deployment, revision) is { } address)
        {
            var results = await tests.RunAsync(address, content, cancellationToken);
            if (results is not null)
            {
                memory.KeepTests(rollout, results);
            }

            return results is not null;
        }

        if (decision.Record.Phase is RolloutPhase.Pending or RolloutPhase.Preparing)
        {
            await readiness.AskAsync(revisions.Pods(deployment, revision), content, cancellationToken);
        }

        return false;
    }
}
