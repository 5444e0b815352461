using System.Collections.Concurrent;
using k8s.Models;
using MlopsOperator.Api.Deployments;
using MlopsOperator.ControllerRuntime.Events;
using MlopsOperator.ControllerRuntime.Rbac;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.ControllerRuntime.Writing;
using MlopsOperator.Operator.Configuration;
using MlopsOperator.Operator.Deployments;
using MlopsOperator.Operator.Revisions;
using MlopsOperator.Operator.Rollouts.Children;
using MlopsOperator.Operator.Rollouts.Observing;

namespace MlopsOperator.Operator.Rollouts;

/// <summary>Brings a revision's Deployment and Service to what a decision wants, and keeps the deployment's own Service.</summary>
[EntityRbac(typeof(V1Deployment), typeof(V1Service), Verbs = RbacVerb.Read | RbacVerb.Create | RbacVerb.Patch | RbacVerb.Delete)]
internal sealed class RevisionWriter(
    IObjectCache<V1Deployment> deployments,
    IObjectCache<V1Service> services,
    RevisionObserver revisions,
    ChildWriter children,
    IKubernetesApi api,
    OwnWrites ownWrites,
    TimeProvider time,
    IEventRecorder events,
    OperatorOptions options)
{
    // A Service of somebody else may go one day; until then it is not asked for at each scrape.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _foreign = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _written = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _refused = new(StringComparer.Ordinal);

    /// <summary>
    /// Applies the Service under the deployment's own name, which leads to the gateway. One that somebody else made is left alone.
    /// </summary>
    public async Task WriteAliasAsync(ModelDeployment owner, CancellationToken cancellationToken)
    {
        var cached = services.Get(owner.Metadata.NamespaceProperty, owner.Metadata.Name);
        if (cached is null && await IsForeignAsync(owner, cancellationToken))
        {
            return;
        }

        await children.ApplyAsync(owner, ChildObjects.Alias(owner, options), cached, cancellationToken);
    }

    /// <summary>Pods that this process has asked for, where the cache does not show that yet; null where it does.</summary>
    public int? Unseen(ModelDeployment owner, string revision)
    {
        var name = RevisionNames.Child(owner.Metadata.Name, revision);
        return !ownWrites.CacheHasCaughtUp<V1Deployment>(owner.Metadata.NamespaceProperty, name) && _written.TryGetValue(Key(owner, revision), out var replicas)
            ? replicas
            : null;
    }

    /// <summary>The API server's words where it refused the revision's last write.</summary>
    public string? Refusal(ModelDeployment owner, string revision) => _refused.GetValueOrDefault(Key(owner, revision));

    /// <summary>Forgets a deployment that is gone.</summary>
    public void Forget(ModelDeployment owner)
    {
        _foreign.TryRemove(owner.Metadata.Uid, out _);
        foreach (var key in _written.Keys.Concat(_refused.Keys).Where(key => key.StartsWith(owner.Metadata.Uid + "/", StringComparison.Ordinal)))
        {
            _written.TryRemove(key, out _);
            _refused.TryRemove(key, out _);
        }
    }

    /// <summary>Applies the revision with a number of pods, or deletes it when <paramref name="replicas"/> is null. Idempotent.</summary>
    public async Task WriteAsync(ModelDeployment owner, string revision, int? replicas, CancellationToken cancellationToken)
    {
        var (@namespace, name) = (owner.Metadata.NamespaceProperty, RevisionNames.Child(owner.Metadata.Name, revision));
        var deployment = children.Present(deployments.Get(@namespace, name));
        var service = children.Present(services.Get(@namespace, name));
        if (replicas is not { } wanted)
        {
            _written.TryRemove(Key(owner, revision), out _);
            _refused.TryRemove(Key(owner, revision), out _);
            await children.DeleteAsync(owner, deployment, cancellationToken);
            await children.DeleteAsync(owner, service, cancellationToken);
            return;
        }

        // Without its ControllerRevision a revision cannot be made again; what runs of it, runs on.
        if (revisions.Content(owner, revision) is not { } content)
        {
            return;
        }

        try
        {
            await children.ApplyAsync(owner, ChildObjects.Deployment(owner, revision, content, wanted, options), deployment, cancellationToken);
            _written[Key(owner, revision)] = wanted;
            await children.ApplyAsync(owner, ChildObjects.Service(owner, revision, content), service, cancellationToken);
            _refused.TryRemove(Key(owner, revision), out _);
        }
        catch (ApiException error) when (error.Code is 403 or 422)
        {
            _refused[Key(owner, revision)] = $"the API server refused it: {error.Message}";
            throw;
        }
    }

    private static string Key(ModelDeployment owner, string revision) => $"{owner.Metadata.Uid}/{revision}";

    private async Task<bool> IsForeignAsync(ModelDeployment owner, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_foreign.TryGetValue(owner.Metadata.Uid, out var looked) && now - looked < BetweenLooks)
        {
            return true;
        }

        var present = await api.GetAsync<V1Service>(owner.Metadata.NamespaceProperty, owner.Metadata.Name, cancellationToken);
        if (present is null || DeploymentGatherer.IsOwned(present.Metadata, owner))
        {
            _foreign.TryRemove(owner.Metadata.Uid, out _);
            return false;
        }

        _foreign[owner.Metadata.Uid] = now;
        events.Publish(
            owner,
            EventType.Warning,
            "NameTaken",
            "Rollout",
            $"Service {owner.Metadata.Name} is somebody else's and was left alone: it does not lead to the gateway; use the gateway's address with Host {owner.Metadata.Name}.{owner.Metadata.NamespaceProperty}");
        return true;
    }
}
