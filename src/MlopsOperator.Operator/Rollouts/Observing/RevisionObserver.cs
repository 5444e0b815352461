using k8s.Models;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Revisions;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.ControllerRuntime.Writing;
using MlopsOperator.Operator.Caching;
using MlopsOperator.Operator.Deployments;
using MlopsOperator.Operator.Revisions;
using MlopsOperator.Operator.Rollouts.Children;
using MlopsOperator.Rollouts.Inputs;

namespace MlopsOperator.Operator.Rollouts.Observing;

/// <summary>Reads what is known of a revision's pods from the caches.</summary>
internal sealed class RevisionObserver(
    IObjectCache<V1ControllerRevision> revisions,
    IObjectCache<V1Deployment> deployments,
    IObjectCache<V1Service> services,
    IObjectCache<V1EndpointSlice> slices,
    IObjectCache<V1Pod> pods,
    ReadinessReasons readiness,
    ChildWriter children,
    IKubernetesApi api)
{
    /// <summary>What a revision is made of, or null where its ControllerRevision is gone or not ours.</summary>
    public RevisionContent? Content(ModelDeployment deployment, string revision)
    {
        var stored = revisions.Get(deployment.Metadata.NamespaceProperty, RevisionNames.Child(deployment.Metadata.Name, revision));
        return stored is not null && DeploymentGatherer.IsOwned(stored.Metadata, deployment) ? RevisionStore.Read(stored) : null;
    }

    /// <summary>What is known of the revision's pods now.</summary>
    /// <param name="deployment">Whose revision it is.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="asked">Pods that this process has asked for, where the cache does not show that yet.</param>
    public RevisionObservation Observe(ModelDeployment deployment, string revision, int? asked)
    {
        var (@namespace, name) = (deployment.Metadata.NamespaceProperty, RevisionNames.Child(deployment.Metadata.Name, revision));
        var cached = deployments.Get(@namespace, name);
        var child = children.Present(cached);
        var service = children.Present(services.Get(@namespace, name));
        var content = Content(deployment, revision);
        var all = pods.ByIndex(CacheIndexes.ByRevision, Key(deployment, revision));
        List<V1Pod> own = [.. all.Where(IsStaying)];
        var ready = Endpoints.Ready(Slices(deployment, revision)).Count;
        var desired = asked ?? child?.Spec?.Replicas ?? (cached is null ? null : 0);
        return new RevisionObservation
        {
            Service = name,
            ContentKnown = content is not null,

            // Without its ControllerRevision a revision serves on: its Service still knows the port.
            Port = content?.RuntimeSpec.Port ?? service?.Spec?.Ports?.FirstOrDefault()?.Port ?? 0,
            Exists = asked is not null || IsThere(child?.Metadata, deployment) || IsThere(service?.Metadata, deployment),
            DesiredReplicas = desired ?? 0,

            // Pods beyond what its Deployment wants are on their way out, whatever their slices still say. Those of one that somebody deleted serve on.
            ReadyEndpoints = Math.Min(ready, desired ?? ready),
            Pods = all.Count(pod => pod.Status?.Phase is not ("Succeeded" or "Failed")),
            Unschedulable = PodProblems.Unschedulable(own),
            Problem = PodProblems.First(own) ?? readiness.Reason(own),
            FatalProblem = PodProblems.Fatal(own),
            GoldenTests = content?.Model.Tests?.Count ?? 0,
            Digest = content?.Model.Artifact.Digest,
        };
    }

    /// <summary>Ready addresses of the revision as the API server has them now, past the caches.</summary>
    public async Task<int> ReadyNowAsync(ModelDeployment deployment, string revision, CancellationToken cancellationToken)
    {
        var service = RevisionNames.Child(deployment.Metadata.Name, revision);
        return Endpoints.Ready(await api.ListAsync<V1EndpointSlice>(deployment.Metadata.NamespaceProperty, $"{Endpoints.ServiceLabel}={service}", cancellationToken)).Count;
    }

    /// <summary>Address of a ready pod of the revision, the same as long as it is ready; null when none is.</summary>
    public string? ReadyAddress(ModelDeployment deployment, string revision) => Endpoints.Ready(Slices(deployment, revision)) is [var address, ..] ? address : null;

    /// <summary>Pods of the revision, those that go left out.</summary>
    public IReadOnlyList<V1Pod> Pods(ModelDeployment deployment, string revision) =>
        [.. pods.ByIndex(CacheIndexes.ByRevision, Key(deployment, revision)).Where(IsStaying)];

    private static bool IsStaying(V1Pod pod) => pod.Metadata.DeletionTimestamp is null;

    private static bool IsThere(V1ObjectMeta? child, ModelDeployment deployment) =>
        child is not null && child.DeletionTimestamp is null && DeploymentGatherer.IsOwned(child, deployment);

    private IReadOnlyList<V1EndpointSlice> Slices(ModelDeployment deployment, string revision) =>
        slices.ByIndex(CacheIndexes.ByRevision, Key(deployment, revision));

    private static string Key(ModelDeployment deployment, string revision) =>
        CacheIndexes.RevisionKey(deployment.Metadata.NamespaceProperty, deployment.Metadata.Name, revision);
}
