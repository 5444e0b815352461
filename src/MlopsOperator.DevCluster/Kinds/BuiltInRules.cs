using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Kinds;

/// <summary>What the server does to and asks of built-in kinds: defaults, allocation, validation.</summary>
internal static class BuiltInRules
{
    /// <summary>Defaults; they belong to whoever writes.</summary>
    public static void Default(ResourceKind kind, JsonObject content)
    {
        switch (kind.Kind)
        {
            case "Namespace":
                content.Metadata().Ensure("labels")["kubernetes.io/metadata.name"] = content.Text("metadata", "name") ?? content.Text("metadata", "generateName");
                break;
            case "Secret":
                ConfigRules.DefaultSecret(content);
                break;
            case "Service":
                ServiceRules.Default(content);
                break;
            case "Pod":
                PodDefaults.Apply(content.Ensure("spec"));
                PodDefaults.RequestLimits(content.Map("spec")!);
                content.Map("spec")!.Default("enableServiceLinks", true);
                break;
            case "PodTemplate":
                PodDefaults.Apply(content.Ensure("template").Ensure("spec"));
                break;
            case "Deployment" or "ReplicaSet":
                WorkloadRules.Default(kind.Kind, content);
                break;
            case "Job":
                JobRules.Default(content);
                break;
            case "EndpointSlice":
                foreach (var port in content.List("ports")?.OfType<JsonObject>() ?? [])
                {
                    port.Default("protocol", "TCP");
                    port.Default("name", "");
                }

                break;
            case "HorizontalPodAutoscaler":
                StoredKindRules.DefaultAutoscaler(kind, content);
                break;
            case "NetworkPolicy":
                StoredKindRules.DefaultPolicy(content);
                break;
            case "RoleBinding" or "ClusterRoleBinding":
                StoredKindRules.DefaultBinding(content);
                break;
            case "CustomResourceDefinition":
                Definitions.Default(content);
                break;
        }
    }

    /// <summary>What the server decides itself, after ownership is recorded.</summary>
    public static void Prepare(ResourceKind kind, JsonObject content, JsonObject? old, AddressPool addresses, string now)
    {
        switch (kind.Kind)
        {
            case "Namespace":
                if (old is null)
                {
                    content.Ensure("spec").Default("finalizers", new JsonArray("kubernetes"));
                }

                content.Ensure("status").Default("phase", "Active");
                break;
            case "Service":
                ServiceRules.Prepare(content, old, addresses);
                break;
            case "Pod":
                if (old is null)
                {
                    PodDefaults.Admit(content);
                }

                foreach (var condition in content.List("status", "conditions")?.OfType<JsonObject>() ?? [])
                {
                    WriteEvenIfEmpty(condition, ("lastProbeTime", null), ("lastTransitionTime", null));
                }

                break;
            case "Deployment" or "ReplicaSet" when old is null:
                content.Default("status", string.Equals(kind.Kind, "ReplicaSet", StringComparison.Ordinal) ? new JsonObject { ["replicas"] = 0 } : new JsonObject());
                break;
            case "Job":
                JobRules.Prepare(content, old);
                break;
            case "Event":
                WriteEvenIfEmpty(content, ("source", new JsonObject()), ("firstTimestamp", null), ("lastTimestamp", null), ("eventTime", null), ("reportingComponent", ""), ("reportingInstance", ""));
                break;
            case "HorizontalPodAutoscaler":
                WriteEvenIfEmpty(content.Ensure("status"), ("desiredReplicas", 0), ("currentMetrics", null));
                break;
            case "EndpointSlice":
                WriteEvenIfEmpty(content, ("endpoints", null), ("ports", null));
                break;
            case "CustomResourceDefinition":
                Definitions.Prepare(content, old, now);
                break;
        }
    }

    /// <summary>Members that the server's types never leave out.</summary>
    private static void WriteEvenIfEmpty(JsonObject content, params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        foreach (var (name, value) in members)
        {
            if (!content.ContainsKey(name))
            {
                content[name] = value;
            }
        }
    }

    public static void Validate(ResourceKind kind, JsonObject content, JsonObject? old, List<FieldError> errors)
    {
        switch (kind.Kind)
        {
            case "ConfigMap" or "Secret":
                ConfigRules.Validate(content, old, errors);
                break;
            case "Deployment" or "ReplicaSet":
                WorkloadRules.Validate(content, old, errors);
                break;
            case "Job":
                JobRules.Validate(content, old, errors);
                break;
            case "Pod":
                PodRules.Validate(content.Map("spec"), "spec", errors);
                break;
            case "Event":
                EventRules.Validate(kind, content, old, errors);
                break;
            case "Service":
                ServiceRules.Validate(content, old, errors);
                break;
            case "PodTemplate":
                PodRules.Validate(content.Map("template", "spec"), "template.spec", errors);
                break;
            case "ControllerRevision" when old is not null && !JsonNode.DeepEquals(old["data"], content["data"]):
                errors.Add(FieldError.Invalid("data", JsonBytes.Text(content["data"]), "field is immutable"));
                break;
            case "CustomResourceDefinition":
                Definitions.Validate(content, errors);
                break;
        }
    }
}
