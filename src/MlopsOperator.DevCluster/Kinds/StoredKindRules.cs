using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Kinds;

/// <summary>Defaults of kinds that are only stored.</summary>
internal static class StoredKindRules
{
    private const string RightsGroup = "rbac.authorization.k8s.io";

    public static void DefaultAutoscaler(ResourceKind kind, JsonObject autoscaler)
    {
        var spec = autoscaler.Ensure("spec");
        spec.Default("minReplicas", 1);
        if (kind.Version is "v2" && spec.List("metrics") is not { Count: > 0 })
        {
            spec["metrics"] = AutoscalerViews.DefaultMetrics();
        }
    }

    public static void DefaultPolicy(JsonObject policy)
    {
        var spec = policy.Ensure("spec");
        spec.Default("podSelector", new JsonObject());
        if (spec.List("policyTypes") is not { Count: > 0 })
        {
            spec["policyTypes"] = spec.List("egress") is { Count: > 0 } ? new JsonArray("Ingress", "Egress") : new JsonArray("Ingress");
        }

        var rules = (spec.List("ingress") ?? []).Concat(spec.List("egress") ?? []);
        foreach (var port in rules.SelectMany(rule => rule.List("ports") ?? []).OfType<JsonObject>())
        {
            port.Default("protocol", "TCP");
        }
    }

    public static void DefaultBinding(JsonObject binding)
    {
        binding.Map("roleRef")?.Default("apiGroup", RightsGroup);
        foreach (var subject in binding.List("subjects")?.OfType<JsonObject>() ?? [])
        {
            if (subject.Text("kind") is "User" or "Group")
            {
                subject.Default("apiGroup", RightsGroup);
            }
        }
    }
}
