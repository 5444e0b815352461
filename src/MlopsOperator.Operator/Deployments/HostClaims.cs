using MlopsOperator.Api.Deployments;

namespace MlopsOperator.Operator.Deployments;

/// <summary>
/// Who owns a host and path that several deployments list: the oldest, then the first by namespace and name (Gateway API's rule). Pure.
/// </summary>
internal static class HostClaims
{
    /// <summary>The hosts that always answer for a deployment.</summary>
    public static IEnumerable<string> Implied(ModelDeployment deployment, string clusterDomain)
    {
        var name = $"{deployment.Metadata.Name}.{deployment.Metadata.NamespaceProperty}";
        return [name, $"{name}.svc", $"{name}.svc.{clusterDomain}"];
    }

    /// <summary>All hosts of the deployment's route, sorted: the implied ones, and those listed that nobody older claims on the same path.</summary>
    public static IReadOnlyList<string> Owned(ModelDeployment deployment, IEnumerable<ModelDeployment> all, string clusterDomain)
    {
        var taken = Conflicts(deployment, all).Select(conflict => conflict.Host).ToHashSet(StringComparer.Ordinal);
        return [.. Implied(deployment, clusterDomain).Concat(Listed(deployment).Where(host => !taken.Contains(host))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>The problem to show, or null when the deployment owns all that it lists.</summary>
    public static SpecProblem? Problem(ModelDeployment deployment, IEnumerable<ModelDeployment> all)
    {
        var conflicts = Conflicts(deployment, all).ToList();
        if (conflicts.Count == 0)
        {
            return null;
        }

        var (host, owner) = conflicts[0];
        return new SpecProblem(
            "HostConflict",
            $"ModelDeployment {deployment.Metadata.NamespaceProperty}/{deployment.Metadata.Name}: spec.traffic.hosts lists {host} with path {Path(deployment)}, which "
            + $"the older ModelDeployment {owner.Metadata.NamespaceProperty}/{owner.Metadata.Name} owns; choose another host or path, or remove it there");
    }

    private static IEnumerable<(string Host, ModelDeployment Owner)> Conflicts(ModelDeployment deployment, IEnumerable<ModelDeployment> all)
    {
        var older = all
            .Where(other => !string.Equals(other.Metadata.Uid, deployment.Metadata.Uid, StringComparison.Ordinal) && other.Metadata.DeletionTimestamp is null && IsOlder(other, deployment)
                && string.Equals(Path(other), Path(deployment), StringComparison.Ordinal))
            .OrderBy(other => other.Metadata.CreationTimestamp).ThenBy(Key, StringComparer.Ordinal)
            .ToList();
        foreach (var host in Listed(deployment).Order(StringComparer.Ordinal))
        {
            if (older.FirstOrDefault(other => Listed(other).Contains(host, StringComparer.Ordinal)) is { } owner)
            {
                yield return (host, owner);
            }
        }
    }

    private static bool IsOlder(ModelDeployment one, ModelDeployment other) =>
        (one.Metadata.CreationTimestamp ?? DateTime.MaxValue).CompareTo(other.Metadata.CreationTimestamp ?? DateTime.MaxValue) switch
        {
            0 => string.CompareOrdinal(Key(one), Key(other)) < 0,
            var order => order < 0,
        };

    private static string Key(ModelDeployment deployment) => $"{deployment.Metadata.NamespaceProperty}/{deployment.Metadata.Name}";

    private static string Path(ModelDeployment deployment) => deployment.Spec.Traffic?.Path ?? "/";

    private static IEnumerable<string> Listed(ModelDeployment deployment) => (deployment.Spec.Traffic?.Hosts ?? []).Select(host => host.ToLowerInvariant());
}
