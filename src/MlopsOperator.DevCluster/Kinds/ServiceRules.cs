using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Requests;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Kinds;

/// <summary>Services.</summary>
internal static class ServiceRules
{
    public static void Default(JsonObject service)
    {
        var spec = service.Ensure("spec");
        spec.Default("sessionAffinity", "None");
        spec.Default("type", "ClusterIP");
        spec.Default("internalTrafficPolicy", "Cluster");
        foreach (var port in spec.List("ports")?.OfType<JsonObject>() ?? [])
        {
            port.Default("protocol", "TCP");
            port.Default("targetPort", port["port"]?.DeepClone());
        }
    }

    public static void Prepare(JsonObject service, JsonObject? old, AddressPool addresses)
    {
        var spec = service.Ensure("spec");
        if (old.Text("spec", "clusterIP") is { Length: > 0 } kept)
        {
            spec.Default("clusterIP", kept);
        }

        if (spec["clusterIP"].IsEmptyText())
        {
            spec["clusterIP"] = addresses.Next();
        }

        spec["clusterIPs"] = new JsonArray(spec.Text("clusterIP"));
        spec.Default("ipFamilies", new JsonArray("IPv4"));
        spec.Default("ipFamilyPolicy", "SingleStack");
        service.Ensure("status").Default("loadBalancer", new JsonObject());
    }

    public static void Validate(JsonObject service, JsonObject? old, List<FieldError> errors)
    {
        var ports = service.List("spec", "ports")?.OfType<JsonObject>().ToList() ?? [];
        if (ports.Count == 0 && service.Text("spec", "clusterIP") is not "None")
        {
            errors.Add(FieldError.Required("spec.ports"));
        }

        for (var i = 0; i < ports.Count; i++)
        {
            if (ports.Count > 1 && ports[i]["name"].IsEmptyText())
            {
                errors.Add(FieldError.Required(FormattableString.Invariant($"spec.ports[{i}].name")));
            }

            if (ports[i].Number("port") is not (>= 1 and <= 65_535))
            {
                errors.Add(FieldError.Invalid(FormattableString.Invariant($"spec.ports[{i}].port"), JsonBytes.Text(ports[i]["port"]), "must be between 1 and 65535, inclusive"));
            }
        }

        if (old.Text("spec", "clusterIP") is { Length: > 0 } before && !string.Equals(before, service.Text("spec", "clusterIP"), StringComparison.Ordinal))
        {
            errors.Add(FieldError.Invalid("spec.clusterIPs[0]", JsonBytes.Text(service.At("spec", "clusterIPs")), "may not change once set"));
        }
    }
}
