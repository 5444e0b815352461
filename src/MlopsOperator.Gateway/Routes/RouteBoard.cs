using System.Globalization;
using Microsoft.Extensions.Logging;
using MlopsOperator.Api.Routes;
using MlopsOperator.Api.Validation;
using MlopsOperator.Gateway.Observing;

namespace MlopsOperator.Gateway.Routes;

/// <summary>Holds the route set in effect and swaps it whole. A route that cannot be used keeps its last good version and harms no other.</summary>
internal sealed class RouteBoard(RevisionRegistry registry, GatewayCounters counters, TimeProvider time, ILogger<RouteBoard> logger)
{
    private readonly EndpointBook book = new();
    private readonly Lock gate = new();
    private readonly Dictionary<string, string> reported = new(StringComparer.Ordinal);
    private Dictionary<string, RoutePlan> plans = new(StringComparer.Ordinal);
    private HashSet<HostConflict> conflicts = [];
    private volatile RouteTable table = RouteTable.Empty;
    private volatile bool loaded;

    /// <summary>The set in effect. Take it once a request.</summary>
    public RouteTable Table => table;

    /// <summary>Whether a complete snapshot has taken effect.</summary>
    public bool IsLoaded => loaded;

    /// <summary>Puts a snapshot into effect.</summary>
    public void Apply(RouteSnapshot snapshot)
    {
        lock (gate)
        {
            plans = Plan(snapshot.Routes);
            book.Begin(snapshot.Slices);
            registry.Retain([.. plans.Values.SelectMany(plan => plan.Backends.Select(backend => (plan.Key, backend.Revision)))]);
            var earlier = table.Routes;
            var next = RouteTable.Build([.. plans.Values.Select(plan => Bind(plan, earlier.GetValueOrDefault(plan.Key)))]);
            ReportConflicts(next);
            table = next;
            registry.Sample([.. plans.Values.Where(plan => plan is { Mirror.Sample: true, Candidate: not null }).Select(plan => (plan.Key, plan.Candidate!.Revision))]);
            loaded = true;
            counters.RoutesInEffect.Set(next.Routes.Count);
        }
    }

    private Dictionary<string, RoutePlan> Plan(IReadOnlyList<GatewayRoute> routes)
    {
        var next = new Dictionary<string, RoutePlan>(StringComparer.Ordinal);
        var refused = 0;
        foreach (var route in routes)
        {
            var key = Key(route);
            var last = plans.GetValueOrDefault(key);
            var plan = RouteParser.Parse(route, out var problems);
            if (plan is not null && last is not null && string.Equals(last.Uid, plan.Uid, StringComparison.Ordinal) && plan.Sequence < last.Sequence)
            {
                problems = [new Problem("spec.sequence", plan.Sequence.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{last.Sequence} or more, as that is in effect")).ToString()];
                plan = null;
            }

            if (plan is null)
            {
                refused++;
                ReportRefused(key, problems, last);
                plan = last;
            }
            else
            {
                reported.Remove(key);
            }

            if (plan is not null)
            {
                next[key] = plan;
            }
        }

        foreach (var gone in reported.Keys.Except(routes.Select(Key), StringComparer.Ordinal).ToList())
        {
            reported.Remove(gone);
        }

        counters.RoutesRefused.Set(refused);
        return next;
    }

    private static string Key(GatewayRoute route) => $"{route.Metadata.NamespaceProperty}/{route.Metadata.Name}";

    private Route Bind(RoutePlan plan, Route? earlier)
    {
        var (stable, candidate) = (Bind(plan, plan.Stable), Bind(plan, plan.Candidate));
        if (plan.Mirror is not null)
        {
            candidate?.Cells.MirrorWithin(registry.Copies);
        }

        var complete = HasWhatItNeeds(stable) && HasWhatItNeeds(candidate) && (plan.Mirror is null || candidate is { HasEndpoint: true });
        return new Route(plan, stable, candidate, Acknowledgement.Next(earlier?.Acknowledgement, plan.Sequence, complete, time), Lease(plan, earlier));
    }

    private ExposureLease Lease(RoutePlan plan, Route? earlier) =>
        earlier?.Lease is { } lease && string.Equals(earlier.Plan.Uid, plan.Uid, StringComparison.Ordinal) ? lease : new ExposureLease(time);

    private RouteRevision? Bind(RoutePlan plan, RouteBackend? backend) => backend is null
        ? null
        : new RouteRevision(backend, book.Of(plan.Namespace, backend.Service, backend.Port), registry.Get(plan.Key, backend.Revision));

    private static bool HasWhatItNeeds(RouteRevision? revision) => revision is null || revision.Backend.Weight == 0 || revision.HasEndpoint;

    /// <summary>Logs a refused route once for each reason, however often its snapshot comes.</summary>
    private void ReportRefused(string key, IReadOnlyList<string> problems, RoutePlan? last)
    {
        var text = string.Join("; ", problems);
        if (reported.TryGetValue(key, out var before) && string.Equals(before, text, StringComparison.Ordinal))
        {
            return;
        }

        reported[key] = text;
        counters.RouteRefusals.Inc();
        if (last is null)
        {
            logger.RouteRefused(key, text);
        }
        else
        {
            logger.RouteKept(key, last.Sequence, text);
        }
    }

    private void ReportConflicts(RouteTable next)
    {
        foreach (var conflict in next.Conflicts)
        {
            if (!conflicts.Contains(conflict))
            {
                logger.HostClaimedTwice(conflict.Host, conflict.Path, conflict.Loser, conflict.Keeper);
            }
        }

        conflicts = [.. next.Conflicts];
        counters.HostConflicts.Set(conflicts.Count);
    }
}
