using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Kinds;

/// <summary>Defaults of pods and pod templates.</summary>
internal static class PodDefaults
{
    private static readonly string[] Resources = ["cpu", "memory"];

    public static void Apply(JsonObject spec)
    {
        spec.Default("restartPolicy", "Always");
        spec.Default("terminationGracePeriodSeconds", 30);
        spec.Default("dnsPolicy", "ClusterFirst");
        spec.Default("securityContext", new JsonObject());
        spec.Default("schedulerName", "default-scheduler");
        if (spec.Text("serviceAccountName") is { } account)
        {
            spec.Default("serviceAccount", account);
        }

        foreach (var container in Containers(spec))
        {
            Container(container);
        }

        foreach (var volume in spec.List("volumes")?.OfType<JsonObject>() ?? [])
        {
            Volume(volume);
        }
    }

    /// <summary>What admission adds to a new pod.</summary>
    public static void Admit(JsonObject pod)
    {
        var spec = pod.Ensure("spec");
        spec.Default("serviceAccountName", "default");
        spec.Default("serviceAccount", spec["serviceAccountName"]!.DeepClone());
        spec.Default("priority", 0);
        spec.Default("preemptionPolicy", "PreemptLowerPriority");
        var tolerations = spec.List("tolerations") ?? [];
        spec.Remove("tolerations");
        foreach (var taint in new[] { "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable" })
        {
            if (!tolerations.Any(t => string.Equals(t.Text("key"), taint, StringComparison.Ordinal)))
            {
                tolerations.Add(new JsonObject { ["key"] = taint, ["operator"] = "Exists", ["effect"] = "NoExecute", ["tolerationSeconds"] = 300 });
            }
        }

        spec["tolerations"] = tolerations;
        pod["status"] = new JsonObject { ["phase"] = "Pending", ["qosClass"] = QualityOfService(spec) };
    }

    /// <summary>Of pods, not of templates: what is limited is requested.</summary>
    public static void RequestLimits(JsonObject spec)
    {
        foreach (var container in Containers(spec))
        {
            if (container.Map("resources", "limits") is { } limits)
            {
                var requests = container.Map("resources")!.Ensure("requests");
                foreach (var (name, amount) in limits)
                {
                    requests.Default(name, amount?.DeepClone());
                }
            }
        }
    }

    private static IEnumerable<JsonObject> Containers(JsonObject spec) =>
        (spec.List("initContainers") ?? []).Concat(spec.List("containers") ?? []).OfType<JsonObject>();

    private static void Container(JsonObject container)
    {
        container.Default("terminationMessagePath", "/dev/termination-log");
        container.Default("terminationMessagePolicy", "File");
        container.Default("resources", new JsonObject());
        var image = container.Text("image") ?? "";
        container.Default("imagePullPolicy", image.Contains('@', StringComparison.Ordinal) || (Tag(image) is { Length: > 0 } tag && tag is not "latest") ? "IfNotPresent" : "Always");
        foreach (var port in container.List("ports")?.OfType<JsonObject>() ?? [])
        {
            port.Default("protocol", "TCP");
        }

        foreach (var variable in container.List("env")?.OfType<JsonObject>() ?? [])
        {
            variable.Map("valueFrom", "fieldRef")?.Default("apiVersion", "v1");
        }

        foreach (var probe in new[] { "livenessProbe", "readinessProbe", "startupProbe" })
        {
            Probe(container.Map(probe));
        }
    }

    private static string Tag(string image) =>
        image.LastIndexOf(':') is var colon && colon > image.LastIndexOf('/') ? image[(colon + 1)..] : "";

    private static void Probe(JsonObject? probe)
    {
        if (probe is null)
        {
            return;
        }

        probe.Default("timeoutSeconds", 1);
        probe.Default("periodSeconds", 10);
        probe.Default("successThreshold", 1);
        probe.Default("failureThreshold", 3);
        if (probe.Map("httpGet") is { } get)
        {
            get.Default("path", "/");
            get.Default("scheme", "HTTP");
        }
    }

    private static void Volume(JsonObject volume)
    {
        if (volume.Count == 1 && volume.ContainsKey("name"))
        {
            volume["emptyDir"] = new JsonObject();
        }

        foreach (var source in new[] { "configMap", "secret", "downwardAPI", "projected" })
        {
            volume.Map(source)?.Default("defaultMode", 420);
        }

        volume.Map("hostPath")?.Default("type", "");
        References(volume.List("downwardAPI", "items"));
        foreach (var source in volume.List("projected", "sources")?.OfType<JsonObject>() ?? [])
        {
            source.Map("serviceAccountToken")?.Default("expirationSeconds", 3600);
            References(source.List("downwardAPI", "items"));
        }
    }

    private static void References(JsonArray? items)
    {
        foreach (var item in items?.OfType<JsonObject>() ?? [])
        {
            item.Map("fieldRef")?.Default("apiVersion", "v1");
        }
    }

    private static string QualityOfService(JsonObject spec)
    {
        var containers = Containers(spec).ToList();
        if (containers.All(c => c.Map("resources", "limits") is null && c.Map("resources", "requests") is null))
        {
            return "BestEffort";
        }

        var guaranteed = containers.All(c => Resources.All(name =>
            c.At("resources", "limits", name) is { } limit && JsonNode.DeepEquals(limit, c.At("resources", "requests", name))));
        return guaranteed ? "Guaranteed" : "Burstable";
    }
}
