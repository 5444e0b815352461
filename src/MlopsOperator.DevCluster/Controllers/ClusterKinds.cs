using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Controllers;

/// <summary>
/// Watches every kind that can own or be owned: the built-in ones and those of custom resource definitions as they come.
/// </summary>
internal sealed class ClusterKinds(IClusterClient client, ControllerLoop loop)
{
    public static readonly ResourceId CustomResourceDefinitions =
        new("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", Namespaced: false);

    private static readonly ResourceId[] builtIn =
    [
        ResourceId.Deployments,
        ResourceId.ReplicaSets,
        ResourceId.Pods,
        ResourceId.Services,
        ResourceId.EndpointSlices,
        ResourceId.ConfigMaps,
        ResourceId.Secrets,
        ResourceId.Events,
        ResourceId.ControllerRevisions,
        new("", "v1", "serviceaccounts", "ServiceAccount"),
        ResourceId.Jobs,
        new("coordination.k8s.io", "v1", "leases", "Lease"),
        new("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler"),
        new("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget"),
        new("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy"),
        new("rbac.authorization.k8s.io", "v1", "roles", "Role"),
        new("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding"),
        ResourceId.Nodes,
        ResourceId.Namespaces,
    ];

    private readonly ConcurrentDictionary<string, ResourceId> kinds = new(StringComparer.Ordinal);

    /// <summary>All kinds that are known now, in a stable order.</summary>
    public IReadOnlyList<ResourceId> All => [.. kinds.Values.OrderBy(kind => kind.Group, StringComparer.Ordinal).ThenBy(kind => kind.Plural, StringComparer.Ordinal)];

    /// <summary>The resource behind the apiVersion and kind of a reference, or null.</summary>
    public ResourceId? Find(string? apiVersion, string? kind)
    {
        // Versions differ between clients, identity does not depend on them.
        var group = apiVersion is not null && apiVersion.Contains('/', StringComparison.Ordinal) ? apiVersion[..apiVersion.IndexOf('/', StringComparison.Ordinal)] : "";
        return kinds.GetValueOrDefault($"{group}/{kind}");
    }

    /// <summary>Hands every change of every kind on, until cancelled.</summary>
    public async Task WatchAsync(Action<ResourceId, ClusterChange> handle, CancellationToken cancellationToken)
    {
        var watches = new List<Task>();
        foreach (var kind in builtIn)
        {
            kinds[$"{kind.Group}/{kind.Kind}"] = kind;
        }

        watches.AddRange(builtIn.Select(kind => FollowAsync(kind, handle, cancellationToken)));
        void OnDefinition(ClusterChange change)
        {
            if (Served(change.Object) is not { } kind)
            {
                return;
            }

            var name = $"{kind.Group}/{kind.Kind}";
            if (change.Type is "DELETED")
            {
                kinds.TryRemove(name, out _);
            }
            else if (kinds.TryAdd(name, kind))
            {
                watches.Add(FollowAsync(kind, handle, cancellationToken));
            }
        }

        await loop.WatchAsync(client, CustomResourceDefinitions, OnDefinition, cancellationToken);
        await Task.WhenAll(watches);
    }

    private async Task FollowAsync(ResourceId kind, Action<ResourceId, ClusterChange> handle, CancellationToken cancellationToken)
    {
        try
        {
            await loop.WatchAsync(client, kind, change => handle(kind, change), cancellationToken);
        }
        catch (ClusterApiException)
        {
            // The kind is not served, or its definition was deleted.
            kinds.TryRemove($"{kind.Group}/{kind.Kind}", out _);
        }
    }

    private static ResourceId? Served(JsonObject definition)
    {
        var spec = definition.Child("spec");
        var version = spec.Items("versions").FirstOrDefault(candidate => candidate.IsTrue("storage"))?.Text("name");
        var names = spec.Child("names");
        return definition.HasCondition("Established") && version is not null
            && spec.Text("group") is { } group && names.Text("plural") is { } plural && names.Text("kind") is { } kind
            ? new ResourceId(group, version, plural, kind, spec.Text("scope") is "Namespaced")
            : null;
    }
}
