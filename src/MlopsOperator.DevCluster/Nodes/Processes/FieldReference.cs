using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;

namespace MlopsOperator.DevCluster.Nodes.Processes;

/// <summary>Fields of a pod that it may read about itself (fieldRef).</summary>
internal static class FieldReference
{
    public static string Read(JsonObject pod, string address, string path)
    {
        if (ReadKeyed(path, "metadata.labels", pod.Labels()) is { } label)
        {
            return label;
        }

        if (ReadKeyed(path, "metadata.annotations", pod.Annotations()) is { } annotation)
        {
            return annotation;
        }

        return path switch
        {
            "metadata.name" => pod.Name(),
            "metadata.namespace" => pod.Namespace() ?? "",
            "metadata.uid" => pod.Uid(),
            "metadata.labels" => List(pod.Labels()),
            "metadata.annotations" => List(pod.Annotations()),
            "spec.nodeName" => pod.Child("spec").Text("nodeName") ?? "",
            "spec.serviceAccountName" => pod.Child("spec").Text("serviceAccountName") ?? "default",
            "status.podIP" or "status.podIPs" => address,
            "status.hostIP" or "status.hostIPs" => ClusterNode.HostAddress,
            _ => throw new ContainerSetupException($"fieldRef {path} is not a field that a pod can read"),
        };
    }

    private static string? ReadKeyed(string path, string field, IReadOnlyDictionary<string, string> map) =>
        path.StartsWith($"{field}['", StringComparison.Ordinal) && path.EndsWith("']", StringComparison.Ordinal)
            ? map.GetValueOrDefault(path[(field.Length + 2)..^2], "")
            : null;

    private static string List(IReadOnlyDictionary<string, string> map) =>
        string.Join('\n', map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}=\"{pair.Value}\""));
}
