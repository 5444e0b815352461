using System.Collections.Frozen;

namespace MlopsOperator.Gateway.Routes;

/// <summary>All routes of one moment, found by host and path. Never changes: a new one takes its place.</summary>
internal sealed class RouteTable
{
    private readonly FrozenDictionary<string, Route[]> exact;
    private readonly FrozenDictionary<string, Route[]> wildcards;
    private readonly Route[] anyHost;

    private RouteTable(IReadOnlyList<Route> routes, Dictionary<string, List<Route>> byHost, IReadOnlyList<HostConflict> conflicts)
    {
        var ordered = byHost.ToDictionary(
            pair => pair.Key,
            pair => pair.Value.OrderByDescending(route => route.Plan.Path.Length).ThenBy(route => route.Plan.Path, StringComparer.Ordinal).ToArray(),
            StringComparer.Ordinal);
        exact = ordered.Where(pair => pair.Key[0] != '*').ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        wildcards = ordered.Where(pair => HostPattern.IsWildcard(pair.Key)).ToFrozenDictionary(pair => pair.Key[2..], pair => pair.Value, StringComparer.OrdinalIgnoreCase);
        anyHost = ordered.GetValueOrDefault(HostPattern.Any) ?? [];
        Routes = routes.ToFrozenDictionary(route => route.Plan.Key, StringComparer.Ordinal);
        Conflicts = conflicts;
        Hosts = [.. ordered.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>No routes.</summary>
    public static RouteTable Empty { get; } = Build([]);

    /// <summary>Routes by <c>namespace/name</c>.</summary>
    public FrozenDictionary<string, Route> Routes { get; }

    /// <summary>What more than one route claims.</summary>
    public IReadOnlyList<HostConflict> Conflicts { get; }

    /// <summary>Host patterns that are answered, sorted.</summary>
    public IReadOnlyList<string> Hosts { get; }

    /// <summary>A table of routes. Of two that claim one host and path the older keeps it, then the one whose key sorts first.</summary>
    public static RouteTable Build(IReadOnlyList<Route> routes)
    {
        var byHost = new Dictionary<string, List<Route>>(StringComparer.Ordinal);
        var claims = new Dictionary<(string Host, string Path), string>();
        var conflicts = new List<HostConflict>();
        foreach (var route in routes.OrderBy(route => route.Plan.Created).ThenBy(route => route.Plan.Key, StringComparer.Ordinal))
        {
            foreach (var host in route.Plan.Hosts)
            {
                if (!claims.TryAdd((host, route.Plan.Path), route.Plan.Key))
                {
                    conflicts.Add(new HostConflict(host, route.Plan.Path, claims[(host, route.Plan.Path)], route.Plan.Key));
                    continue;
                }

                if (!byHost.TryGetValue(host, out var list))
                {
                    byHost[host] = list = [];
                }

                list.Add(route);
            }
        }

        return new RouteTable(routes, byHost, conflicts);
    }

    /// <summary>The most specific route: exact host before the longest wildcard before any host, then the longest path; null if none covers the request.</summary>
    /// <param name="host">Host without port.</param>
    /// <param name="path">Path of the request, decoded and without dot segments.</param>
    public Route? Find(ReadOnlySpan<char> host, string path)
    {
        if (exact.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(host, out var routes) && Longest(routes, path) is { } named)
        {
            return named;
        }

        if (wildcards.Count > 0)
        {
            var lookup = wildcards.GetAlternateLookup<ReadOnlySpan<char>>();
            for (var rest = host; rest.IndexOf('.') is >= 0 and var dot;)
            {
                rest = rest[(dot + 1)..];
                if (lookup.TryGetValue(rest, out routes) && Longest(routes, path) is { } covered)
                {
                    return covered;
                }
            }
        }

        return Longest(anyHost, path);
    }

    /// <summary>Path prefixes that are answered for a host, for messages.</summary>
    public IEnumerable<string> Paths(string host) => Routes.Values
        .Where(route => route.Plan.Hosts.Any(pattern => Matches(pattern, host)))
        .Select(route => route.Plan.Path)
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    private static bool Matches(string pattern, string host) =>
        pattern is HostPattern.Any
        || string.Equals(pattern, host, StringComparison.OrdinalIgnoreCase)
        || (HostPattern.IsWildcard(pattern) && host.Length > pattern.Length - 1 && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase));

    private static Route? Longest(Route[] routes, string path)
    {
        foreach (var route in routes)
        {
            if (PathPrefix.Covers(route.Plan.Path, path))
            {
                return route;
            }
        }

        return null;
    }
}
