using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers.ReplicaSets;

namespace MlopsOperator.DevCluster.Controllers.EndpointSlices;

/// <summary>Pure: what the slices of a Service should say.</summary>
internal static class EndpointSliceContent
{
    public const string ServiceNameLabel = "kubernetes.io/service-name";
    public const string ManagedByLabel = "endpointslice.kubernetes.io/managed-by";
    public const string Manager = "endpointslice-controller.k8s.io";

    /// <summary>Endpoints and ports of each slice: one for all pods whose ports are the same; one without any if there are no pods.</summary>
    public static IReadOnlyList<(JsonArray? Endpoints, JsonArray? Ports)> Build(JsonObject service, IEnumerable<JsonObject> pods)
    {
        var publishAll = service.Child("spec").IsTrue("publishNotReadyAddresses");
        var groups = pods
            .Where(pod => !PodReadiness.HasEnded(pod) && pod.Child("status").Text("podIP") is { Length: > 0 })
            .OrderBy(pod => pod.Name(), StringComparer.Ordinal)
            .GroupBy(pod => EndpointPorts.Of(service, pod).ToJsonString(), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (
                Endpoints: (JsonArray?)new JsonArray([.. group.Select(pod => Endpoint(pod, publishAll))]),
                Ports: (JsonArray?)JsonNode.Parse(group.Key)))
            .ToList();
        return groups.Count > 0 ? groups : [(null, null)];
    }

    /// <summary>The Service's own labels and those that say whose slice it is.</summary>
    public static JsonObject Labels(JsonObject service)
    {
        var labels = service.Labels().ToDictionary(StringComparer.Ordinal);
        labels[ServiceNameLabel] = service.Name();
        labels[ManagedByLabel] = Manager;
        if (service.Child("spec").Text("clusterIP") is "None")
        {
            labels["service.kubernetes.io/headless"] = "";
        }

        return labels.ToJson();
    }

    private static JsonObject Endpoint(JsonObject pod, bool publishAll)
    {
        var terminating = pod.IsBeingDeleted();
        var serving = PodReadiness.IsReady(pod);
        return new JsonObject
        {
            ["addresses"] = new JsonArray(pod.Child("status").Text("podIP")),
            ["conditions"] = new JsonObject
            {
                ["ready"] = publishAll || (serving && !terminating),
                ["serving"] = serving,
                ["terminating"] = terminating,
            },
            ["targetRef"] = new JsonObject { ["kind"] = "Pod", ["namespace"] = pod.Namespace(), ["name"] = pod.Name(), ["uid"] = pod.Uid() },
            ["nodeName"] = pod.Child("spec").Text("nodeName"),
        };
    }
}
