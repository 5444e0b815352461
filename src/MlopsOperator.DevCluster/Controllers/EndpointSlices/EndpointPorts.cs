using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Controllers.EndpointSlices;

/// <summary>Pure: the ports of a Service as they are on one pod.</summary>
internal static class EndpointPorts
{
    /// <summary>Ports whose target the pod has, in the order of the Service.</summary>
    public static JsonArray Of(JsonObject service, JsonObject pod)
    {
        var ports = new JsonArray();
        foreach (var port in service.Child("spec").Items("ports"))
        {
            if (Resolve(port, pod) is { } number)
            {
                var resolved = new JsonObject { ["name"] = port.Text("name") ?? "", ["protocol"] = port.Text("protocol") ?? "TCP", ["port"] = number };
                if (port.Text("appProtocol") is { } protocol)
                {
                    resolved["appProtocol"] = protocol;
                }

                ports.Add(resolved);
            }
        }

        return ports;
    }

    private static int? Resolve(JsonObject port, JsonObject pod)
    {
        var target = port["targetPort"];
        if (target is null)
        {
            return port.Number("port");
        }

        if (target.GetValueKind() == JsonValueKind.Number)
        {
            return port.Number("targetPort");
        }

        var name = port.Text("targetPort");
        var protocol = port.Text("protocol") ?? "TCP";
        return pod.Child("spec").Items("containers")
            .SelectMany(container => container.Items("ports"))
            .FirstOrDefault(candidate => string.Equals(candidate.Text("name"), name, StringComparison.Ordinal)
                && string.Equals(candidate.Text("protocol") ?? "TCP", protocol, StringComparison.Ordinal))
            .Number("containerPort");
    }
}
