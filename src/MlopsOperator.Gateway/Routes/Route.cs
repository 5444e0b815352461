using System.Net;
using Yarp.ReverseProxy.Forwarder;

namespace MlopsOperator.Gateway.Routes;

/// <summary>A route in one route set: its plan with endpoints. Never changes.</summary>
internal sealed class Route
{
    /// <summary>A route of a plan.</summary>
    public Route(RoutePlan plan, RouteRevision? stable, RouteRevision? candidate, Acknowledgement acknowledgement, ExposureLease? lease = null)
    {
        Plan = plan;
        Stable = stable;
        Candidate = candidate;
        Acknowledgement = acknowledgement;
        Lease = lease;
        Forwarding = new ForwarderRequestConfig
        {
            // HTTP/2 to backends may meet GOAWAY in the middle of a body that cannot be sent again.
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            // Later than the route's own deadline, which says whose fault it was.
            ActivityTimeout = plan.Timeout < Limits.Idle ? plan.Timeout + TimeSpan.FromSeconds(5) : Limits.Idle,
            AllowResponseBuffering = false,
        };
    }

    /// <summary>What the object asks for.</summary>
    public RoutePlan Plan { get; }

    /// <summary>The revision in role stable.</summary>
    public RouteRevision? Stable { get; }

    /// <summary>The revision in role candidate.</summary>
    public RouteRevision? Candidate { get; }

    /// <summary>Which sequence is reported.</summary>
    public Acknowledgement Acknowledgement { get; }

    /// <summary>Who judges what is exposed; the same for all versions of the object.</summary>
    public ExposureLease? Lease { get; }

    /// <summary>Whether the candidate's weight is 0 here, as nobody judges it.</summary>
    public bool Lapsed => Plan.Lease is { } length && Lease?.Holds(Plan.Sequence, length) is not true;

    /// <summary>For how long that has been so; zero while the candidate is judged.</summary>
    public TimeSpan Lapse => Plan.Lease is { } length && Lease is { } lease ? lease.Lapse(Plan.Sequence, length) : TimeSpan.Zero;

    /// <summary>Idle time and protocol towards backends.</summary>
    public ForwarderRequestConfig Forwarding { get; }

    /// <summary>Who a bucket belongs to: the candidate owns those below its weight, while its exposure lease holds.</summary>
    public RouteRevision Owner(int bucket) => (Candidate is not null && bucket < Candidate.Backend.Weight && !Lapsed ? Candidate : Stable) ?? Candidate!;

    /// <summary>
    /// Who takes the requests of a revision without endpoints: the other one, if it has any, whatever its weight. A weight of 0 says who
    /// owns no bucket, not who may not serve: a failed candidate is no longer listed, and after a promotion the warm revision before is
    /// listed with weight 0 for just this. A candidate that gets copies answers no client: it was listed for the copies.
    /// </summary>
    public RouteRevision? Substitute(RouteRevision owner)
    {
        var other = ReferenceEquals(owner, Stable) ? Candidate : Stable;
        return other is { HasEndpoint: true } && (Plan.Mirror is null || ReferenceEquals(other, Stable)) ? other : null;
    }
}
