using System.Globalization;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Kinds;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>The columns of built-in kinds after the name; null: only the age.</summary>
internal static class BuiltInColumns
{
    private static readonly Column Age = Text("Age", (o, now) => Columns.Age(o.Text("metadata", "creationTimestamp"), now));

    public static IReadOnlyList<Column>? Of(ResourceKind kind) => kind.Kind switch
    {
        "Secret" => [Text("Type", o => o.Text("type")), Text("Data", o => o.Map("data")?.Count ?? 0), Age],
        "ConfigMap" => [Text("Data", o => (o.Map("data")?.Count ?? 0) + (o.Map("binaryData")?.Count ?? 0)), Age],
        "Namespace" => [Text("Status", o => o.Text("status", "phase")), Age],
        "Node" => [Text("Status", NodeStatus), Text("Roles", _ => "<none>"), Age, Text("Version", o => o.Text("status", "nodeInfo", "kubeletVersion"))],
        "Pod" => Pod(),
        "Deployment" =>
        [
            Text("Ready", o => Share(o.Number("status", "readyReplicas"), o.Number("spec", "replicas"))),
            Text("Up-to-date", o => o.Number("status", "updatedReplicas") ?? 0),
            Text("Available", o => o.Number("status", "availableReplicas") ?? 0),
            Age,
            .. Template(),
        ],
        "ReplicaSet" =>
        [
            Whole("Desired", o => o.Number("spec", "replicas") ?? 0),
            Whole("Current", o => o.Number("status", "replicas") ?? 0),
            Whole("Ready", o => o.Number("status", "readyReplicas") ?? 0),
            Age,
            .. Template(),
        ],
        "Service" => Service(),
        "EndpointSlice" =>
        [
            Text("AddressType", o => o.Text("addressType")),
            Text("Ports", o => Join(o.List("ports")?.Select(p => p.Number("port")?.ToString(CultureInfo.InvariantCulture) ?? "*"), "<unset>")),
            Text("Endpoints", o => Join(o.List("endpoints")?.SelectMany(e => e.List("addresses") ?? []).Select(a => a!.ToString()), "<unset>")),
            Age,
        ],
        "Job" => Job(),
        "Lease" => [Text("Holder", o => o.Text("spec", "holderIdentity")), Age],
        "CustomResourceDefinition" => [Text("Created At", o => o.Text("metadata", "creationTimestamp"))],
        "ControllerRevision" =>
        [
            Text("Controller", o => o.List("metadata", "ownerReferences")?.FirstOrDefault(r => r.Flag("controller") is true) is { } owner
                ? $"{owner.Text("kind")?.ToLowerInvariant()}.{owner.Text("apiVersion")?.Split('/')[0]}/{owner.Text("name")}" : "<none>"),
            Text("Revision", o => o.Number("revision") ?? 0),
            Age,
        ],
        _ => null,
    };

    private static Column Text(string name, Func<JsonObject, JsonNode?> cell) => new(name, "string", (o, _) => cell(o));

    private static Column Text(string name, Func<JsonObject, DateTimeOffset, JsonNode?> cell) => new(name, "string", cell);

    private static Column Whole(string name, Func<JsonObject, JsonNode?> cell) => new(name, "integer", (o, _) => cell(o));

    private static Column Wide(string name, Func<JsonObject, JsonNode?> cell) => Text(name, cell) with { Priority = 1 };

    private static IEnumerable<Column> Template()
    {
        yield return Wide("Containers", o => Join(o.List("spec", "template", "spec", "containers")?.Select(c => c.Text("name") ?? "")));
        yield return Wide("Images", o => Join(o.List("spec", "template", "spec", "containers")?.Select(c => c.Text("image") ?? "")));
        yield return Wide("Selector", o => Labels(o.Map("spec", "selector", "matchLabels")));
    }

    private static IReadOnlyList<Column> Job() =>
    [
        Text("Status", o => JobStatus(o)),
        Text("Completions", Completions),
        Text("Duration", (o, now) => Times.Parse(o.Text("status", "startTime")) is not { } start ? ""
            : Columns.Span((Times.Parse(o.Text("status", "completionTime")) ?? now) - start)),
        Age,
        .. Template(),
    ];

    private static string JobStatus(JsonObject job)
    {
        var conditions = job.List("status", "conditions")?.Where(c => c.Text("status") is "True").Select(c => c.Text("type")).ToHashSet(StringComparer.Ordinal) ?? [];
        foreach (var type in new[] { "Complete", "Failed" })
        {
            if (conditions.Contains(type))
            {
                return type;
            }
        }

        return job.Text("metadata", "deletionTimestamp") is not null ? "Terminating"
            : conditions.Contains("Suspended") ? "Suspended"
            : conditions.Contains("FailureTarget") ? "FailureTarget"
            : conditions.Contains("SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
    }

    private static JsonNode? Completions(JsonObject job)
    {
        var succeeded = job.Number("status", "succeeded") ?? 0;
        var parallelism = job.Number("spec", "parallelism") ?? 0;
        return job.Number("spec", "completions") is { } completions ? Share(succeeded, completions)
            : parallelism > 1 ? string.Create(CultureInfo.InvariantCulture, $"{succeeded}/1 of {parallelism}") : Share(succeeded, 1);
    }

    private static IReadOnlyList<Column> Pod() =>
    [
        Text("Ready", o => Share(o.List("status", "containerStatuses")?.Count(c => c.Flag("ready") is true), o.List("spec", "containers")?.Count)),
        Text("Status", PodStatus),
        Text("Restarts", o => (o.List("status", "containerStatuses")?.Sum(c => c.Number("restartCount") ?? 0) ?? 0).ToString(CultureInfo.InvariantCulture)),
        Age,
        Wide("IP", o => o.Text("status", "podIP") ?? "<none>"),
        Wide("Node", o => o.Text("spec", "nodeName") ?? "<none>"),
        Wide("Nominated Node", o => o.Text("status", "nominatedNodeName") ?? "<none>"),
        Wide("Readiness Gates", _ => "<none>"),
    ];

    private static JsonNode? PodStatus(JsonObject pod)
    {
        if (pod.Text("metadata", "deletionTimestamp") is not null)
        {
            return "Terminating";
        }

        var init = pod.List("status", "initContainerStatuses")?.OfType<JsonObject>().ToList() ?? [];
        for (var i = 0; i < init.Count; i++)
        {
            if (init[i].Map("state", "terminated") is { } ended && ended.Number("exitCode") == 0)
            {
                continue;
            }

            var why = init[i].Text("state", "terminated", "reason") ?? init[i].Text("state", "waiting", "reason");
            return why is null or "PodInitializing" ? string.Create(CultureInfo.InvariantCulture, $"Init:{i}/{init.Count}") : $"Init:{why}";
        }

        var reasons = pod.List("status", "containerStatuses")?.Select(c => c.Text("state", "waiting", "reason") ?? c.Text("state", "terminated", "reason")).OfType<string>();
        return reasons?.LastOrDefault() ?? pod.Text("status", "reason") ?? pod.Text("status", "phase");
    }

    private static IReadOnlyList<Column> Service() =>
    [
        Text("Type", o => o.Text("spec", "type")),
        Text("Cluster-IP", o => o.Text("spec", "clusterIP") ?? "<none>"),
        Text("External-IP", o => Join(o.List("spec", "externalIPs")?.Select(a => a!.ToString()))),
        Text("Port(s)", o => Join(o.List("spec", "ports")?.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Number("port")}/{p.Text("protocol")}")))),
        Age,
        Wide("Selector", o => Labels(o.Map("spec", "selector"))),
    ];

    private static JsonNode? NodeStatus(JsonObject node) =>
        node.List("status", "conditions")?.FirstOrDefault(c => c.Text("type") is "Ready").Text("status") switch { "True" => "Ready", null => "Unknown", _ => "NotReady" };

    private static string Share(long? some, long? all) => string.Create(CultureInfo.InvariantCulture, $"{some ?? 0}/{all ?? 0}");

    private static string Join(IEnumerable<string>? values, string none = "<none>") => values is null ? none : string.Join(',', values) is { Length: > 0 } text ? text : none;

    private static string Labels(JsonObject? labels) => Join(labels?.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));
}
