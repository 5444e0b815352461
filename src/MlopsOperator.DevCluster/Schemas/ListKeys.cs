using k8s.Models;

namespace MlopsOperator.DevCluster.Schemas;

/// <summary>How lists and maps of built-in kinds merge (the API's x-kubernetes-list-type markers); what is not named here is atomic if it is a list.</summary>
internal static class ListKeys
{
    private static readonly HashSet<Type> AtomicTypes =
    [
        typeof(V1LabelSelector), typeof(V1ObjectReference), typeof(V1LocalObjectReference), typeof(V1TypedLocalObjectReference), typeof(V1SecretKeySelector),
        typeof(V1ConfigMapKeySelector), typeof(V1ObjectFieldSelector), typeof(V1ResourceFieldSelector), typeof(V1NodeSelector), typeof(V1NodeSelectorTerm),
        typeof(V1OwnerReference), typeof(V1ScopeSelector), typeof(V1TopologySelectorTerm), typeof(V1SecretReference), typeof(V1RoleRef), typeof(Rbacv1Subject),
    ];

    private static readonly Dictionary<(Type, string), string> Keys = new()
    {
        [(typeof(V1ObjectMeta), "ownerReferences")] = "uid",
        [(typeof(V1PodSpec), "containers")] = "name",
        [(typeof(V1PodSpec), "initContainers")] = "name",
        [(typeof(V1PodSpec), "ephemeralContainers")] = "name",
        [(typeof(V1PodSpec), "volumes")] = "name",
        [(typeof(V1PodSpec), "imagePullSecrets")] = "name",
        [(typeof(V1PodSpec), "hostAliases")] = "ip",
        [(typeof(V1PodSpec), "topologySpreadConstraints")] = "topologyKey,whenUnsatisfiable",
        [(typeof(V1PodSpec), "schedulingGates")] = "name",
        [(typeof(V1PodSpec), "resourceClaims")] = "name",
        [(typeof(V1Container), "env")] = "name",
        [(typeof(V1Container), "ports")] = "containerPort,protocol=TCP",
        [(typeof(V1Container), "volumeMounts")] = "mountPath",
        [(typeof(V1Container), "volumeDevices")] = "devicePath",
        [(typeof(V1EphemeralContainer), "env")] = "name",
        [(typeof(V1EphemeralContainer), "ports")] = "containerPort,protocol=TCP",
        [(typeof(V1EphemeralContainer), "volumeMounts")] = "mountPath",
        [(typeof(V1PodStatus), "podIPs")] = "ip",
        [(typeof(V1PodStatus), "hostIPs")] = "",
        [(typeof(V1ServiceSpec), "ports")] = "port,protocol=TCP",
        [(typeof(V1ServiceAccount), "secrets")] = "name",
        [(typeof(V1NodeStatus), "addresses")] = "type",
        [(typeof(V1NodeSpec), "podCIDRs")] = "*",
        [(typeof(V1ResourceRequirements), "claims")] = "name",
        [(typeof(V1ObjectMeta), "finalizers")] = "*",
    };

    private static readonly HashSet<(Type, string)> AtomicMaps =
    [
        (typeof(V1PodSpec), "nodeSelector"), (typeof(V1ServiceSpec), "selector"),
    ];

    public static bool IsAtomic(Type model) => AtomicTypes.Contains(model);

    /// <summary>Marks the schema of a member.</summary>
    public static void Mark(Type owner, string name, Schema member)
    {
        if (AtomicMaps.Contains((owner, name)))
        {
            member.AtomicMap = true;
        }

        if (member.Type != SchemaType.Array)
        {
            return;
        }

        var keys = Keys.GetValueOrDefault((owner, name), "");
        if (string.Equals(name, "conditions", StringComparison.Ordinal) && member.Items!.Declares("type"))
        {
            keys = "type";
        }

        if (string.Equals(keys, "*", StringComparison.Ordinal))
        {
            member.ListKind = ListKind.Set;
        }
        else if (keys.Length > 0)
        {
            member.ListKind = ListKind.Map;
            member.ListMapKeys = [.. keys.Split(',').Select(key => key.Split('=')[0])];
            member.ListMapDefaults = keys.Split(',').Where(key => key.Contains('=', StringComparison.Ordinal))
                .ToDictionary(key => key.Split('=')[0], key => key.Split('=')[1], StringComparer.Ordinal);
        }
    }
}
