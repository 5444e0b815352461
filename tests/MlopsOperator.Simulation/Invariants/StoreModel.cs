using System.Text.Json.Nodes;
using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>The objects of the cluster as the writes told them.</summary>
internal sealed class StoreModel(Func<TimeSpan> elapsed, Func<string, double>? served = null, Func<TimeSpan, TimeSpan>? clocksDiffer = null)
{
    public const string Routes = "gatewayroutes.mlops-operator.io";
    public const string Rollouts = "modelrollouts.mlops-operator.io";
    public const string ModelDeployments = "modeldeployments.mlops-operator.io";
    public const string Deployments = "deployments.apps";

    private readonly Dictionary<string, SortedDictionary<string, JsonObject>> _objects = new(StringComparer.Ordinal);

    private readonly Dictionary<string, TimeSpan> _gone = new(StringComparer.Ordinal);
    private readonly Dictionary<ReadOnlyMemory<byte>, TimeSpan> _late = [];

    /// <summary>Time of the world.</summary>
    public TimeSpan Now => elapsed();

    /// <summary>Requests that gateways have given a revision so far, whoever has heard of it; null where nobody counts.</summary>
    public double? Served(string revision) => served?.Invoke(revision);

    /// <summary>How far apart the clocks are of the operator's processes that have worked since a moment.</summary>
    public TimeSpan ClocksDiffer(TimeSpan since) => clocksDiffer?.Invoke(since) ?? TimeSpan.Zero;

    /// <summary>Whether the operator may see the past, as watches that lag or a process that stood still show it.</summary>
    public bool IsSeenLate { get; set; }

    /// <summary>Whether time may pass between what the operator reads and what it writes by that: it stood still, or an answer was late.</summary>
    public bool IsSlow { get; set; }

    /// <summary>A request with this body is on its way, and arrives later.</summary>
    public void IsLate(ReadOnlyMemory<byte> body) => _late[body] = Now;

    /// <summary>When the request of a write was sent.</summary>
    public TimeSpan SentAt(ClusterWrite write) => _late.TryGetValue(write.Body, out var sent) ? sent : Now;

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
            _gone[write.Before.TextAt("metadata", "uid") ?? ""] = Now;
        }
    }

    public JsonObject? Get(string resource, string? @namespace, string name) => _objects.GetValueOrDefault(resource)?.GetValueOrDefault($"{@namespace}/{name}");

    public IEnumerable<JsonObject> All(string resource, string? @namespace) =>
        (_objects.GetValueOrDefault(resource)?.Values ?? Enumerable.Empty<JsonObject>()).Where(item => string.Equals(item.TextAt("metadata", "namespace"), @namespace, StringComparison.Ordinal));

    /// <summary>Rollouts of the ModelDeployment with a UID, by number.</summary>
    public IReadOnlyList<JsonObject> RolloutsOf(string? @namespace, string? owner) =>
        [.. All(Rollouts, @namespace).Where(rollout => string.Equals(rollout.OwnerUid(), owner, StringComparison.Ordinal)).OrderBy(rollout => rollout.NumberAt("spec", "number"))];

    /// <summary>Whether a rollout under way may leave nothing serving, as its strategy announces: it may stop the revision that it starts from.</summary>
    public bool AnnouncesGap(string? @namespace, string? owner, string? stable) =>
        RolloutsOf(@namespace, owner).Any(rollout => !rollout.IsFinal() && rollout.At("spec", "strategy", "recreate") is not null && string.Equals(rollout.TextAt("spec", "from", "revision"), stable, StringComparison.Ordinal));

    /// <summary>Whether an object with this UID is in the namespace.</summary>
    public bool Exists(string? @namespace, string? uid) =>
        _objects.Values.SelectMany(objects => objects.Values).Any(item =>
            string.Equals(item.TextAt("metadata", "uid"), uid, StringComparison.Ordinal) && string.Equals(item.TextAt("metadata", "namespace"), @namespace, StringComparison.Ordinal));

    /// <summary>Whether an object with this UID was there at a moment, as far as its end is concerned.</summary>
    public bool Existed(string? uid, TimeSpan then) => _gone.TryGetValue(uid ?? "", out var end) && end >= then;

    /// <summary>Ready endpoints of a Service.</summary>
    public int ReadyEndpoints(string? @namespace, string? service) => All("endpointslices.discovery.k8s.io", @namespace)
        .Where(slice => string.Equals(slice.TextAt("metadata", "labels", "kubernetes.io/service-name"), service, StringComparison.Ordinal))
        .SelectMany(slice => slice.ItemsAt("endpoints"))
        .Count(endpoint => endpoint.At("conditions", "ready")?.GetValue<bool>() == true);
}
