namespace MlopsOperator.DevCluster.Kinds;

/// <summary>The kinds that are served: built in, and those of CustomResourceDefinitions.</summary>
internal sealed class KindRegistry
{
    private readonly Lock gate = new();
    private volatile IReadOnlyList<ResourceKind> kinds = BuiltInKinds.All();

    public IReadOnlyList<ResourceKind> All => kinds;

    public ResourceKind? Find(string group, string version, string plural)
    {
        foreach (var kind in kinds)
        {
            if (string.Equals(kind.Plural, plural, StringComparison.Ordinal)
                && string.Equals(kind.Group, group, StringComparison.Ordinal)
                && string.Equals(kind.Version, version, StringComparison.Ordinal))
            {
                return kind;
            }
        }

        return null;
    }

    public ResourceKind? FindKind(string apiVersion, string kind) =>
        kinds.FirstOrDefault(k => string.Equals(k.Kind, kind, StringComparison.Ordinal) && string.Equals(k.ApiVersion, apiVersion, StringComparison.Ordinal));

    public ResourceKind BuiltIn(string group, string plural) => kinds.First(k =>
        string.Equals(k.Plural, plural, StringComparison.Ordinal) && string.Equals(k.Group, group, StringComparison.Ordinal));

    /// <summary>Groups in the order of discovery: the core group is not among them.</summary>
    public IReadOnlyList<string> Groups => [.. kinds.Select(k => k.Group).Where(g => g.Length > 0).Distinct(StringComparer.Ordinal)];

    public bool HasGroup(string group) => kinds.Any(k => string.Equals(k.Group, group, StringComparison.Ordinal));

    public bool HasVersion(string group, string version) =>
        kinds.Any(k => string.Equals(k.Group, group, StringComparison.Ordinal) && string.Equals(k.Version, version, StringComparison.Ordinal));

    /// <summary>Versions of a group, the preferred one first.</summary>
    public IReadOnlyList<string> Versions(string group) =>
        [.. kinds.Where(k => string.Equals(k.Group, group, StringComparison.Ordinal)).Select(k => k.Version).Distinct(StringComparer.Ordinal)
            .OrderByDescending(VersionPriority.Of)];

    /// <summary>Replaces the kinds of one definition.</summary>
    public void Replace(string definition, IReadOnlyList<ResourceKind> served)
    {
        lock (gate)
        {
            kinds = [.. kinds.Where(k => !string.Equals(k.Custom?.Definition, definition, StringComparison.Ordinal)), .. served];
        }
    }
}
