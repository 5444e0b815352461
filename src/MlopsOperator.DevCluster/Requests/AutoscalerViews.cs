using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>
/// HorizontalPodAutoscalers of autoscaling/v1, which knows the share of CPU alone: made from v2, which is stored. What v1 has no field for stands in annotations.
/// </summary>
internal static class AutoscalerViews
{
    private const string Prefix = "autoscaling.alpha.kubernetes.io/";

    /// <summary>Share of the requested CPU that is aimed at where nothing is said.</summary>
    private const int DefaultShare = 80;

    private static readonly (string Annotation, string Parent, string Member)[] Others =
    [
        ("metrics", "spec", "metrics"), ("behavior", "spec", "behavior"), ("conditions", "status", "conditions"), ("current-metrics", "status", "currentMetrics"),
    ];

    /// <summary>The metric of v2 that v1 has as a number.</summary>
    public static JsonObject Cpu(long share) => new()
    {
        ["type"] = "Resource",
        ["resource"] = new JsonObject { ["name"] = "cpu", ["target"] = new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = share } },
    };

    /// <summary>The metrics of an autoscaler that names none.</summary>
    public static JsonArray DefaultMetrics() => [Cpu(DefaultShare)];

    public static JsonObject ToFirst(JsonObject second)
    {
        var first = second.Copy();
        first["apiVersion"] = "autoscaling/v1";
        if (first.List("spec", "metrics") is { } metrics && metrics.FirstOrDefault(IsCpu) is { } cpu)
        {
            first.Map("spec")!["targetCPUUtilizationPercentage"] = cpu.At("resource", "target", "averageUtilization")!.DeepClone();
            metrics.Remove(cpu);
        }

        foreach (var (annotation, parent, member) in Others)
        {
            if (first.At(parent, member) is { } value)
            {
                if (value is not JsonArray { Count: 0 })
                {
                    first.Metadata().Ensure("annotations")[Prefix + annotation] = JsonBytes.Text(value);
                }

                first.Map(parent)!.Remove(member);
            }
        }

        first.Map("status")?.Remove("currentMetrics");
        first.Ensure("status").Default("currentReplicas", 0);
        return first;
    }

    public static JsonObject ToSecond(JsonObject first)
    {
        var second = first.Copy();
        second["apiVersion"] = "autoscaling/v2";
        var annotations = second.Map("metadata", "annotations");
        foreach (var (annotation, parent, member) in Others)
        {
            if (annotations.Text(Prefix + annotation) is { } text && Parse(text) is { } value)
            {
                second.Ensure(parent)[member] = value;
                annotations!.Remove(Prefix + annotation);
            }
        }

        if (annotations is { Count: 0 })
        {
            second.Metadata().Remove("annotations");
        }

        var spec = second.Ensure("spec");
        var share = spec.Number("targetCPUUtilizationPercentage");
        spec.Remove("targetCPUUtilizationPercentage");
        second.Map("status")?.Remove("currentCPUUtilizationPercentage");
        var metrics = spec.List("metrics") ?? [];
        if (share is not null || metrics.Count == 0)
        {
            metrics.Insert(0, Cpu(share ?? DefaultShare));
        }

        spec["metrics"] = metrics.Parent is null ? metrics : metrics.DeepClone();
        return second;
    }

    private static bool IsCpu(JsonNode? metric) =>
        metric.Text("type") is "Resource" && metric.Text("resource", "name") is "cpu" && metric.At("resource", "target", "averageUtilization") is not null;

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // Somebody else's annotation of that name: it stays one.
            return null;
        }
    }
}
