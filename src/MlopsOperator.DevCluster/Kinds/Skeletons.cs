using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Kinds;

/// <summary>What an empty object of a kind has already: the parts that are no pointers in the server's types, so that nobody owns them as such.</summary>
internal static class Skeletons
{
    public static JsonObject Of(ResourceKind kind) => kind.Custom is not null ? [] : (JsonObject)JsonNode.Parse(kind.Kind switch
    {
        "Deployment" => """{"metadata":{},"spec":{"strategy":{},"template":{"metadata":{},"spec":{"containers":null}}},"status":{}}""",
        "ReplicaSet" => """{"metadata":{},"spec":{"template":{"metadata":{},"spec":{"containers":null}}},"status":{}}""",
        "Job" => """{"metadata":{},"spec":{"template":{"metadata":{},"spec":{"containers":null}}},"status":{}}""",
        "PodTemplate" => """{"metadata":{},"template":{"metadata":{},"spec":{"containers":null}}}""",
        "Pod" => """{"metadata":{},"spec":{"containers":null},"status":{}}""",
        "CustomResourceDefinition" => """{"metadata":{},"spec":{"names":{}},"status":{"acceptedNames":{}}}""",
        "HorizontalPodAutoscaler" => """{"metadata":{},"spec":{"scaleTargetRef":{}},"status":{}}""",
        "NetworkPolicy" => """{"metadata":{},"spec":{"podSelector":{}}}""",
        "Service" => """{"metadata":{},"spec":{},"status":{"loadBalancer":{}}}""",
        "Event" => """{"metadata":{},"involvedObject":{},"source":{}}""",
        _ => """{"metadata":{},"spec":{},"status":{}}""",
    })!;
}
