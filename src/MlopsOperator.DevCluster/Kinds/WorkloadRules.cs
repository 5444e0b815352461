using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Kinds;

/// <summary>Deployments and ReplicaSets.</summary>
internal static class WorkloadRules
{
    public static void Default(string kind, JsonObject content)
    {
        var spec = content.Ensure("spec");
        spec.Default("replicas", 1);
        PodDefaults.Apply(spec.Ensure("template").Ensure("spec"));
        spec.Map("template")!.Default("metadata", new JsonObject());
        if (!string.Equals(kind, "Deployment", StringComparison.Ordinal))
        {
            return;
        }

        spec.Default("revisionHistoryLimit", 10);
        spec.Default("progressDeadlineSeconds", 600);
        var strategy = spec.Ensure("strategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") is "RollingUpdate")
        {
            var rolling = strategy.Ensure("rollingUpdate");
            rolling.Default("maxUnavailable", "25%");
            rolling.Default("maxSurge", "25%");
        }
    }

    public static void Validate(JsonObject content, JsonObject? old, List<FieldError> errors)
    {
        var selector = content.Map("spec", "selector");
        if (selector is null)
        {
            errors.Add(FieldError.Required("spec.selector"));
            errors.Add(FieldError.Invalid("spec.template.metadata.labels", JsonBytes.Text(content.Map("spec", "template", "metadata", "labels")), "`selector` does not match template `labels`"));
        }

        if (content.Number("spec", "replicas") is < 0 and var replicas)
        {
            errors.Add(FieldError.Invalid("spec.replicas", replicas.ToString(System.Globalization.CultureInfo.InvariantCulture), "must be greater than or equal to 0"));
        }

        var labels = content.Map("spec", "template", "metadata", "labels");
        if (selector.Map("matchLabels") is { } wanted && wanted.Any(p => !string.Equals(labels.Text(p.Key), p.Value?.ToString(), StringComparison.Ordinal)))
        {
            errors.Add(FieldError.Invalid("spec.template.metadata.labels", JsonBytes.Text(labels), "`selector` does not match template `labels`"));
        }

        if (old is not null && !JsonNode.DeepEquals(old.At("spec", "selector"), selector))
        {
            errors.Add(FieldError.Invalid("spec.selector", JsonBytes.Text(selector), "field is immutable"));
        }

        if (content.Text("spec", "template", "spec", "restartPolicy") is { } policy and not "Always")
        {
            errors.Add(FieldError.NotSupported("spec.template.spec.restartPolicy", FieldError.Quote(policy), ["Always"]));
        }

        PodRules.Validate(content.Map("spec", "template", "spec"), "spec.template.spec", errors);
    }
}
