using System.Runtime.ExceptionServices;
using k8s.Models;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.ControllerRuntime.Events;
using MlopsOperator.ControllerRuntime.Rbac;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Writing;
using MlopsOperator.Operator.Caching;
using MlopsOperator.Operator.Deployments;
using MlopsOperator.Operator.Rollouts.Children;
using MlopsOperator.Operator.Rollouts.Observing;
using MlopsOperator.Operator.Rollouts.Probing;
using MlopsOperator.Rollouts;
using MlopsOperator.Rollouts.Decisions;
using MlopsOperator.Rollouts.Inputs;

namespace MlopsOperator.Operator.Rollouts;

/// <summary>
/// Carries rollouts out: observe, decide, save the record, apply, report, in this order. Its key is the ModelDeployment, so that one worker at a time
/// shapes what a deployment serves. Writes <c>ModelRollout.status</c>, Deployments, Services and the route, and nothing else.
/// </summary>
[EntityRbac(typeof(ModelDeployment), typeof(ModelRollout), typeof(V1ControllerRevision), typeof(V1Pod), typeof(V1EndpointSlice), Verbs = RbacVerb.Read)]
[EntityRbac(typeof(ModelRollout), Subresource = "status", Verbs = RbacVerb.Update)]
internal sealed class ModelRolloutReconciler(
    RolloutGatherer gatherer,
    RevisionObserver revisions,
    RevisionWriter writer,
    ChildWriter children,
    ITrafficProvider traffic,
    PodProbes probes,
    RolloutMemory memory,
    RolloutMetrics metrics,
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
        memory.Retain(CacheIndexes.Key(entity.Metadata.NamespaceProperty, entity.Metadata.Name), rollouts);
        TimeSpan? next = null;
        if (rollouts.Count > 0)
        {
            traffic.Watch(entity, RolloutGatherer.Interval(rollouts[0]));
            for (var index = 0; index < rollouts.Count; index++)
            {
                if (index == 0 || !RolloutLedger.IsFinal(rollouts[index]))
                {
                    next = Sooner(next, await AdvanceAsync(entity, rollouts, index, cancellationToken));
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
        writer.Forget(entity);
        memory.Settle(entity.Metadata.Uid);
        memory.Retain(CacheIndexes.Key(entity.Metadata.NamespaceProperty, entity.Metadata.Name), []);
        return Task.FromResult(ReconciliationResult<ModelDeployment>.Success(entity));
    }

    private static TimeSpan? Sooner(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other : one;

    private async Task<TimeSpan?> AdvanceAsync(ModelDeployment deployment, IReadOnlyList<ModelRollout> rollouts, int index, CancellationToken cancellationToken)
    {
        // Only the newest rollout is judged; evidence that no saved decision has looked at is offered again.
        var rollout = rollouts[index];
        var evidence = index == 0 ? memory.Offer(deployment.Metadata.Uid, traffic.DrainEvidence(deployment)) : [];
        var decision = await DecideAsync(deployment, rollout, gatherer.Gather(deployment, rollouts, index, evidence), cancellationToken);
        await SaveAsync(rollout, decision, cancellationToken);
        metrics.Decided(decision);
        if (index == 0)
        {
            memory.Settle(deployment.Metadata.Uid);
            traffic.Judge(deployment, decision.Wanted.Floor);
        }

        // Told as soon as it is decided: what follows may fail, and would be tried again without these words.
        Tell(deployment, rollout, decision.Events);
        Probe(deployment, rollout, decision);
        await ApplyAsync(deployment, rollout, decision.Wanted, cancellationToken);
        return decision.RequeueAfter;
    }

    /// <summary>
    /// Decides; before anybody is given more traffic, by what the API server itself says of the pods. A candidate is taken back on what is known, if the server
    /// cannot be asked.
    /// </summary>
    private async Task<RolloutDecision> DecideAsync(ModelDeployment deployment, ModelRollout rollout, RolloutInputs inputs, CancellationToken cancellationToken)
    {
        var decision = RolloutEngine.Decide(inputs);
        var (before, after) = (rollout.Status?.Weights, decision.Record.Weights);
        if (after is null || after == before)
        {
            return decision;
        }

        try
        {
            return RolloutEngine.Decide(await gatherer.VerifyAsync(deployment, inputs, cancellationToken));
        }
        catch (Exception error) when (error is ApiException or TransportException && after.Candidate < (before?.Candidate ?? 0))
        {
            return decision;
        }
    }

    /// <summary>Record first: what is applied later follows from what is saved. A record that has moved is read again and decided again, never written again.</summary>
    private async Task SaveAsync(ModelRollout rollout, RolloutDecision decision, CancellationToken cancellationToken)
    {
        if (!decision.MustSave && rollout.Status?.ObservedGeneration == rollout.Metadata.Generation)
        {
            memory.Keep(rollout, decision.Record);
            return;
        }

        var wanted = new ModelRollout { Metadata = rollout.Metadata, Spec = rollout.Spec, Status = decision.Record };
        memory.KeepSaved(await api.ReplaceStatusAsync(wanted, ChildWriter.Manager, cancellationToken), decision.Record);
    }

    private void Tell(ModelDeployment deployment, ModelRollout rollout, IReadOnlyList<RolloutEvent> told)
    {
        foreach (var @event in told)
        {
            var type = @event.Warning ? EventType.Warning : EventType.Normal;
            events.Publish(rollout, type, @event.Reason, "Rollout", @event.Note);
            events.Publish(deployment, type, @event.Reason, "Rollout", @event.Note);
        }
    }

    /// <summary>
    /// The route first: taking a bad candidate out of the traffic must not wait for pods that cannot be written. That is safe in the other direction too, as
    /// a weight is decided on pods that were seen ready, and pods go only after gateways have confirmed. What is refused does not stop the rest.
    /// </summary>
    private async Task ApplyAsync(ModelDeployment deployment, ModelRollout rollout, WantedState wanted, CancellationToken cancellationToken)
    {
        Exception? refused = null;
        if (wanted is { Shapes: true, Route: { } route })
        {
            await TryAsync("route", () => traffic.ApplyAsync(deployment, route, cancellationToken));
        }

        if (wanted.TouchesCandidate)
        {
            await TryAsync(rollout.Spec.To.ModelVersion, () => writer.WriteAsync(deployment, rollout.Spec.To.Revision, wanted.CandidateReplicas, cancellationToken));
        }

        if (wanted.TouchesStable && rollout.Spec.From is { } from && !string.Equals(from.Revision, rollout.Spec.To.Revision, StringComparison.Ordinal))
        {
            await TryAsync(from.ModelVersion, () => writer.WriteAsync(deployment, from.Revision, wanted.StableReplicas, cancellationToken));
        }

        if (refused is not null)
        {
            ExceptionDispatchInfo.Throw(refused);
        }

        async Task TryAsync(string what, Func<Task> write)
        {
            try
            {
                await write();
            }
            catch (Exception error) when (error is ApiException { IsConflict: false } or TransportException)
            {
                events.Publish(deployment, EventType.Warning, "ApplyRefused", "Rollout", $"Writing the {what} of {rollout.Metadata.Name} was refused: {error.Message}");
                refused ??= error;
            }
        }
    }

    /// <summary>Sends golden requests, or asks pods why they are not ready; what comes back is there for a later decision.</summary>
    private void Probe(ModelDeployment deployment, ModelRollout rollout, RolloutDecision decision)
    {
        var revision = rollout.Spec.To.Revision;
        if (decision.Record.Phase is not (RolloutPhase.Pending or RolloutPhase.Preparing) || revisions.Content(deployment, revision) is not { } content)
        {
            return;
        }

        if (decision.Wanted.RunGoldenTests && revisions.ReadyAddress(deployment, revision) is { } address)
        {
            probes.Test(deployment, rollout, address, content);
        }
        else
        {
            probes.Ask(deployment, rollout, revisions.Pods(deployment, revision), content);
        }
    }
}
