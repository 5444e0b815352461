using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Routes;
using MlopsOperator.Api.Values;
using MlopsOperator.Rollouts.Capacity;
using MlopsOperator.Rollouts.Inputs;

namespace MlopsOperator.Rollouts.Traffic;

/// <summary>Nobody judging, nobody exposed: a gateway serves a candidate only while it is scraped.</summary>
internal static class ExposureLease
{
    /// <summary>The lease of a route; null where the candidate is not judged, or where stable could not take all requests.</summary>
    internal static string? Of(Situation situation, RolloutWeights weights) =>
        weights.Candidate > 0 && situation.Intent.ExposureLease is { } length && length > TimeSpan.Zero && length <= Limits.LongestLease && Applies(situation)
            ? new GoDuration(length).ToString()
            : null;

    /// <summary>The longest lease of the routes that exposed the candidate; null when one of them had none.</summary>
    internal static string? Remembered(ModelRolloutStatus before, GatewayRouteSpec route, int weight)
    {
        var earlier = before.Route?.Lease;
        if (weight == 0 || route.Lease is null)
        {
            return weight == 0 ? earlier : null;
        }

        if (before.Route?.ExposedAt is null)
        {
            return route.Lease;
        }

        return Length(earlier) is not { } known ? null : known >= Length(route.Lease) ? earlier : route.Lease;
    }

    /// <summary>
    /// Whether a gateway, heard or not, has stopped serving the candidate by its own clock: the lease and a tenth, for clocks that run apart, after the end of
    /// the last scrape attempt that named a lower floor. Attempts of an operator before this one are unknown: they ended when this one began to judge.
    /// </summary>
    internal static bool Over(Situation situation, GatewayObservation gateway) =>
        Clock(situation, gateway) is var (since, time) && situation.Elapsed(since, time);

    /// <summary>What <see cref="Over"/> counts from, and how long; null while nothing counts.</summary>
    internal static (DateTimeOffset? Since, TimeSpan Time) Clock(Situation situation, GatewayObservation gateway) =>
        Length(situation.Record.Route?.Lease) is { } length ? (Renewed(situation, gateway), Whole(length)) : (gateway.LeftAt, Limits.GatewayGoneAfter);

    /// <summary>The lease under which the candidate is exposed now; null where it is not exposed or not leased.</summary>
    internal static TimeSpan? Current(Situation situation) =>
        situation is { FirstVersion: false, Promoted: false, Forward: true, Weight: > 0 } ? Length(situation.Record.Route?.Lease) : null;

    /// <summary>
    /// Whether every gateway that left before this process began to judge, and that it therefore does not know of, has stopped too. Without a lease a list that
    /// has settled is all that can be known.
    /// </summary>
    internal static bool OverForUnknown(Situation situation) =>
        Length(situation.Record.Route?.Lease) is not { } length || situation.Elapsed(situation.Inputs.Traffic.JudgingSince, Whole(length));

    private static bool Applies(Situation situation) =>
        situation is { FirstVersion: false, Promoted: false, Forward: true, Idle: false }
        && Sizing.Stable(situation) >= situation.Replicas
        && !CapacityClocks.StableLost(situation);

    private static DateTimeOffset? Renewed(Situation situation, GatewayObservation gateway)
    {
        if (situation.Inputs.Traffic.JudgingSince is not { } last)
        {
            return null;
        }

        var floor = ExposureFloor.Of(situation.Record);
        foreach (var (named, ended) in gateway.FloorsNamed)
        {
            last = named < floor && ended > last ? ended : last;
        }

        return last;
    }

    private static TimeSpan Whole(TimeSpan lease) => lease + (lease / 10);

    private static TimeSpan? Length(string? text) => GoDuration.TryParse(text, out var length) && length.Value > TimeSpan.Zero && length.Value <= Limits.LongestLease ? length.Value : null;
}
