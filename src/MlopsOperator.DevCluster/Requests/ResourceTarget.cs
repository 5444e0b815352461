using MlopsOperator.DevCluster.Kinds;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>What a path names.</summary>
internal sealed record ResourceTarget(ResourceKind Kind, string? Namespace, string? Name, string? Subresource)
{
    /// <summary>Resolves /api/v1/… and /apis/GROUP/VERSION/…; null if the path is none of a resource.</summary>
    /// <exception cref="StatusException">The resource is not served.</exception>
    public static ResourceTarget? Parse(string path, KindRegistry kinds)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        if (parts.Length < 3 || parts[0] is not ("api" or "apis"))
        {
            return null;
        }

        var core = string.Equals(parts[0], "api", StringComparison.Ordinal);
        if (!core && parts.Length < 4)
        {
            return null;
        }

        var (group, version, rest) = core ? ("", parts[1], parts[2..]) : (parts[1], parts[2], parts[3..]);
        if (!kinds.HasGroup(group))
        {
            return null;
        }

        if (!kinds.HasVersion(group, version))
        {
            throw Statuses.NoSuchResource();
        }

        string? @namespace = null;
        if (rest is ["namespaces", _, _, ..] && !(group.Length == 0 && rest is [_, _, "status" or "finalize"]))
        {
            @namespace = rest[1];
            rest = rest[2..];
        }

        var kind = rest.Length <= 3 ? kinds.Find(group, version, rest[0]) : null;
        if (kind is null && kinds.All.All(k => k.Custom is not null || !string.Equals(k.Group, group, StringComparison.Ordinal)))
        {
            return null;
        }

        if (kind is null || (@namespace is not null && !kind.Namespaced))
        {
            throw Statuses.NoSuchResource();
        }

        var name = rest.Length > 1 ? rest[1] : null;
        if (name is not null && kind.Namespaced && @namespace is null)
        {
            throw Statuses.NoSuchResource();
        }

        var target = new ResourceTarget(kind, @namespace, name, rest.Length > 2 ? rest[2] : null);
        return target.Subresource is null || target.HasSubresource ? target : throw target.Refusal();
    }

    /// <summary>What a real server has and this one has not is refused with the way round.</summary>
    private StatusException Refusal() => (Kind.Resource, Subresource) switch
    {
        ("pods", "exec" or "attach") => Statuses.NotImplemented($"this embedded cluster has no {Subresource}: its pods are processes of this machine, or scripts; see their logs"),
        ("pods", "portforward") => Statuses.NotImplemented("this embedded cluster has no port-forward: connect to the pod's address (kubectl get pods -o wide), which this machine reaches"),
        ("pods" or "services" or "nodes", "proxy") => Statuses.NotImplemented("this embedded cluster has no proxy: connect to the pod's address (kubectl get pods -o wide), which this machine reaches"),
        _ => Statuses.NoSuchResource(),
    };

    private bool HasSubresource => Subresource switch
    {
        "status" => Kind.HasStatus,
        "scale" => Kind.Scale is not null,
        _ => Kind.Subresources.Any(s => string.Equals(s.Name, Subresource, StringComparison.Ordinal)),
    };
}
