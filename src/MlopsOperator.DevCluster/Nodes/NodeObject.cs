using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;

namespace MlopsOperator.DevCluster.Nodes;

/// <summary>The Node that stands for this machine.</summary>
internal static class NodeObject
{
    public static Dictionary<string, string> Labels(PodOptions options)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["kubernetes.io/hostname"] = ClusterNode.Name,
            ["kubernetes.io/os"] = "linux",
            ["kubernetes.io/arch"] = Architecture,
        };
        foreach (var (key, value) in options.NodeLabels)
        {
            labels[key] = value;
        }

        return labels;
    }

    /// <summary>Makes the Node, or brings that of an earlier run up to date.</summary>
    public static async Task RegisterAsync(IClusterClient client, PodOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var content = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Node",
            ["metadata"] = new JsonObject { ["name"] = ClusterNode.Name, ["labels"] = Labels(options).ToJson() },
            ["spec"] = new JsonObject(),
        };
        var node = await client.GetAsync(ResourceId.Nodes, null, ClusterNode.Name, cancellationToken)
            ?? await client.CreateAsync(ResourceId.Nodes, content, cancellationToken);
        node["status"] = Status(now);
        await client.UpdateStatusAsync(ResourceId.Nodes, node, cancellationToken);
    }

    private static string Architecture => System.Runtime.InteropServices.RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        _ => "amd64",
    };

    private static JsonObject Status(DateTimeOffset now) => new()
    {
        ["addresses"] = new JsonArray(
            new JsonObject { ["type"] = "InternalIP", ["address"] = ClusterNode.HostAddress },
            new JsonObject { ["type"] = "Hostname", ["address"] = ClusterNode.Name }),
        ["capacity"] = new JsonObject { ["cpu"] = "1000", ["memory"] = "1Ti", ["pods"] = "1000" },
        ["allocatable"] = new JsonObject { ["cpu"] = "1000", ["memory"] = "1Ti", ["pods"] = "1000" },
        ["conditions"] = new JsonArray(new JsonObject
        {
            ["type"] = "Ready",
            ["status"] = "True",
            ["lastHeartbeatTime"] = now.ToApiTime(),
            ["lastTransitionTime"] = now.ToApiTime(),
            ["reason"] = "KubeletReady",
            ["message"] = "DevCluster runs pods as scripts and as processes of this machine",
        }),
        ["nodeInfo"] = new JsonObject
        {
            ["architecture"] = Architecture,
            ["bootID"] = "",
            ["containerRuntimeVersion"] = "devcluster://1",
            ["kernelVersion"] = "",
            ["kubeProxyVersion"] = "",
            ["kubeletVersion"] = "v1.36.0",
            ["machineID"] = "",
            ["operatingSystem"] = "linux",
            ["osImage"] = "DevCluster",
            ["systemUUID"] = "",
        },
    };
}
