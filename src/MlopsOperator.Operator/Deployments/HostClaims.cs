using MlopsOperator.Api.Deployments;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.Operator.Caching;

namespace MlopsOperator.Operator.Deployments;

/// <summary>
/// Who owns a host. One that is implied belongs to its deployment on every path, whoever lists it since when: else a stranger could take another namespace's
/// traffic. Any other, on a path, belongs to the oldest that lists it, then to the first by namespace and name (Gateway API's rule). Pure.
/// </summary>
internal static class HostClaims
{
    /// <summary>The hosts that always answer for a deployment.</summary>
    public static IReadOnlyList<string> Implied(ModelDeployment deployment, string clusterDomain)
    {
        var name = $"{deployment.Metadata.Name}.{deployment.Metadata.NamespaceProperty}";
        return [name, $"{name}.svc", $"{name}.svc.{clusterDomain.ToLowerInvariant()}"];
    }

    /// <summary>The hosts that the spec lists, in lower case.</summary>
    public static IEnumerable<string> Listed(ModelDeployment deployment) => (deployment.Spec.Traffic?.Hosts ?? []).Select(host => host.ToLowerInvariant());

    /// <summary>The implied hosts and the listed ones, whoever owns them.</summary>
    public static IEnumerable<string> All(ModelDeployment deployment, string clusterDomain) => Implied(deployment, clusterDomain).Concat(Listed(deployment));

    /// <summary>The other deployments that list or imply a host that this one lists; found without a look at any deployment else.</summary>
    public static IReadOnlyList<ModelDeployment> Rivals(ModelDeployment deployment, IObjectCache<ModelDeployment> deployments) =>
    [
        .. Listed(deployment)
            .Distinct(StringComparer.Ordinal)
            .SelectMany(host => deployments.ByIndex(CacheIndexes.ByImpliedHost, host).Concat(deployments.ByIndex(CacheIndexes.ByListedHost, host)))
            .Where(other => !IsSame(other, deployment))
            .DistinctBy(other => other.Metadata.Uid, StringComparer.Ordinal),
    ];

    /// <summary>All hosts of the deployment's route, sorted: the implied ones, and those listed that belong to nobody else.</summary>
    public static IReadOnlyList<string> Owned(ModelDeployment deployment, IEnumerable<ModelDeployment> rivals, string clusterDomain)
    {
        var taken = Conflicts(deployment, rivals, clusterDomain).Select(conflict => conflict.Host).ToHashSet(StringComparer.Ordinal);
        return [.. Implied(deployment, clusterDomain).Concat(Listed(deployment).Where(host => !taken.Contains(host))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The problem to show, or null when the deployment owns all that it lists.</summary>
    public static SpecProblem? Problem(ModelDeployment deployment, IEnumerable<ModelDeployment> rivals, string clusterDomain)
    {
        var (host, owner, implied) = Conflicts(deployment, rivals, clusterDomain).FirstOrDefault();
        if (host is null)
        {
            return null;
        }

        var listed = $"ModelDeployment {Key(deployment)}: spec.traffic.hosts lists {host}";
        return new SpecProblem("HostConflict", implied
            ? $"{listed}, the own name of ModelDeployment {Key(owner)}, which alone may answer there; remove it from the list"
            : $"{listed} with path {Path(deployment)}, which the older ModelDeployment {Key(owner)} owns; choose another host or path, or remove it there");
    }

    private static IEnumerable<(string Host, ModelDeployment Owner, bool Implied)> Conflicts(ModelDeployment deployment, IEnumerable<ModelDeployment> rivals, string clusterDomain)
    {
        var others = rivals
            .Where(other => !IsSame(other, deployment))
            .OrderBy(other => other.Metadata.CreationTimestamp).ThenBy(Key, StringComparer.Ordinal)
            .ToList();
        var older = others
            .Where(other => other.Metadata.DeletionTimestamp is null && IsOlder(other, deployment) && string.Equals(Path(other), Path(deployment), StringComparison.Ordinal))
            .ToList();
        foreach (var host in Listed(deployment).Except(Implied(deployment, clusterDomain), StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (others.FirstOrDefault(other => Implied(other, clusterDomain).Contains(host, StringComparer.Ordinal)) is { } named)
            {
                yield return (host, named, true);
            }
            else if (older.FirstOrDefault(other => Listed(other).Contains(host, StringComparer.Ordinal)) is { } owner)
            {
                yield return (host, owner, false);
            }
        }
    }

    private static bool IsOlder(ModelDeployment one, ModelDeployment other) =>
        (one.Metadata.CreationTimestamp ?? DateTime.MaxValue).CompareTo(other.Metadata.CreationTimestamp ?? DateTime.MaxValue) switch
        {
            0 => string.CompareOrdinal(Key(one), Key(other)) < 0,
            var order => order < 0,
        };

    private static bool IsSame(ModelDeployment one, ModelDeployment other) => string.Equals(one.Metadata.Uid, other.Metadata.Uid, StringComparison.Ordinal);

    private static string Key(ModelDeployment deployment) => $"{deployment.Metadata.NamespaceProperty}/{deployment.Metadata.Name}";

    private static string Path(ModelDeployment deployment) => deployment.Spec.Traffic?.Path ?? "/";
}
