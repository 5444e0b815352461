using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;

namespace MlopsOperator.DevCluster.Nodes.Probes;

/// <summary>A probe of a container, with the API's defaults.</summary>
/// <param name="Kind">Startup, Readiness or Liveness.</param>
/// <param name="Content">The probe as the pod says it; its handler is read when it is run.</param>
/// <param name="InitialDelay">Time after the start of the container.</param>
/// <param name="Period">Time between two runs.</param>
/// <param name="Timeout">Time a run may take.</param>
/// <param name="SuccessThreshold">Successes in a row that count.</param>
/// <param name="FailureThreshold">Failures in a row that count.</param>
internal sealed record ProbeSpec(
    ProbeKind Kind, JsonObject Content, TimeSpan InitialDelay, TimeSpan Period, TimeSpan Timeout, int SuccessThreshold, int FailureThreshold)
{
    /// <summary>The probe, or null: the container has none of this kind.</summary>
    public static ProbeSpec? Of(JsonObject container, ProbeKind kind)
    {
        var name = kind switch { ProbeKind.Startup => "startupProbe", ProbeKind.Readiness => "readinessProbe", _ => "livenessProbe" };
        return container.Child(name) is { } content
            ? new ProbeSpec(
                kind,
                content,
                TimeSpan.FromSeconds(content.Number("initialDelaySeconds") ?? 0),
                TimeSpan.FromSeconds(Math.Max(1, content.Number("periodSeconds") ?? 10)),
                TimeSpan.FromSeconds(Math.Max(1, content.Number("timeoutSeconds") ?? 1)),
                Math.Max(1, content.Number("successThreshold") ?? 1),
                Math.Max(1, content.Number("failureThreshold") ?? 3))
            : null;
    }

    /// <summary>A port of a handler: a number, or the name of a port of the container.</summary>
    public static int? Port(JsonObject container, JsonObject handler)
    {
        if (handler["port"] is JsonValue value && value.GetValueKind() == JsonValueKind.Number)
        {
            return handler.Number("port");
        }

        var name = handler.Text("port");
        return int.TryParse(name, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : container.Items("ports").FirstOrDefault(port => string.Equals(port.Text("name"), name, StringComparison.Ordinal)).Number("containerPort");
    }
}
