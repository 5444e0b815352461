using System.Text.Json.Nodes;
using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>The objects of the cluster as the writes told them.</summary>
internal sealed class StoreModel(Func<TimeSpan> elapsed)
{
    public const string Routes = "gatewayroutes.mlops-operator.io";
    public const string Rollouts = "modelrollouts.mlops-operator.io";
    public const string ModelDeployments = "modeldeployments.mlops-operator.io";
    public const string Deployments = "deployments.apps";

    private readonly Dictionary<string, SortedDictionary<string, JsonObject>> _objects = new(StringComparer.Ordinal);

    /// <summary>Time of the world.</summary>
    public TimeSpan Now => elapsed();

    public void Apply(ClusterWrite write)
    {
        if (!_objects.TryGetValue(write.Resource, out var objects))
        {
            _objects[write.Resource] = objects = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        }

        if (write.After is { } after)
        {
            objects[$"{write.Namespace}/{write.Name}"] = after;
        }
        else
        {
            objects.Remove($"{write.Namespace}/{write.Name}");
        }
    }

    public JsonObject? Get(string resource, string? @namespace, string name) => _objects.GetValueOrDefault(resource)?.GetValueOrDefault($"{@namespace}/{name}");

    public IEnumerable<JsonObject> All(string resource, string? @namespace) =>
        (_objects.GetValueOrDefault(resource)?.Values ?? Enumerable.Empty<JsonObject>()).Where(item => string.Equals(item.TextAt("metadata", "namespace"), @namespace, StringComparison.Ordinal));

    /// <summary>Rollouts of the ModelDeployment with a UID, by number.</summary>
    public IReadOnlyList<JsonObject> RolloutsOf(string? @namespace, string? owner) =>
        [.. All(Rollouts, @namespace).Where(rollout => string.Equals(rollout.OwnerUid(), owner, StringComparison.Ordinal)).OrderBy(rollout => rollout.NumberAt("spec", "number"))];

    /// <summary>Whether an object with this UID is in the namespace.</summary>
    public bool Exists(string? @namespace, string? uid) =>
        _objects.Values.SelectMany(objects => objects.Values).Any(item =>
            string.Equals(item.TextAt("metadata", "uid"), uid, StringComparison.Ordinal) && string.Equals(item.TextAt("metadata", "namespace"), @namespace, StringComparison.Ordinal));

    /// <summary>Ready endpoints of a Service.</summary>
    public int ReadyEndpoints(string? @namespace, string? service) => All("endpointslices.discovery.k8s.io", @namespace)
        .Where(slice => string.Equals(slice.TextAt("metadata", "labels", "kubernetes.io/service-name"), service, StringComparison.Ordinal))
        .SelectMany(slice => slice.ItemsAt("endpoints"))
        .Count(endpoint => endpoint.At("conditions", "ready")?.GetValue<bool>() == true);
}
