using MlopsOperator.Api.Routes;

namespace MlopsOperator.Rollouts.Decisions;

/// <summary>The state of the world that a record asks for.</summary>
public sealed record WantedState
{
    /// <summary>Wanted pods of the candidate (<c>spec.to</c>); null: its Deployment and Service shall not exist.</summary>
    public int? CandidateReplicas { get; init; }

    /// <summary>
    /// Wanted pods of stable (<c>spec.from</c>); null: its Deployment and Service shall not exist. Meaningless for a first version.
    /// </summary>
    public int? StableReplicas { get; init; }

    /// <summary>The route; null while there shall be none yet. An existing route is never deleted by a rollout.</summary>
    public GatewayRouteSpec? Route { get; init; }

    /// <summary>The floor that each scrape names for the route, which renews the exposure lease; null while nothing is judged.</summary>
    public long? Floor { get; init; }

    /// <summary>Whether golden requests shall be sent to a ready pod of the candidate, once, and their results be handed to the next decision.</summary>
    public bool RunGoldenTests { get; init; }

    /// <summary>
    /// Whether this rollout shapes both revisions and the route. False for an older one that only drains and deletes its own leftovers: then
    /// <see cref="TouchesCandidate"/> and <see cref="TouchesStable"/> say which, and there is no route.
    /// </summary>
    public bool Shapes { get; init; } = true;

    /// <summary>Whether <see cref="CandidateReplicas"/> is to be applied.</summary>
    public bool TouchesCandidate { get; init; } = true;

    /// <summary>Whether <see cref="StableReplicas"/> is to be applied.</summary>
    public bool TouchesStable { get; init; } = true;
}
