using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;

namespace MlopsOperator.Rollouts.Inputs;

/// <summary>Everything that a decision may depend on. Gathered by a reconciler; nothing else is looked at.</summary>
public sealed record RolloutInputs
{
    /// <summary>Now, by the operator's clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Frozen inputs of the rollout.</summary>
    public required ModelRolloutSpec Spec { get; init; }

    /// <summary>The record so far, with the newest evidence in it, saved or not; a new rollout has an empty one.</summary>
    public required ModelRolloutStatus Record { get; init; }

    /// <summary>What the ModelDeployment asks for now.</summary>
    public required DeploymentIntent Intent { get; init; }

    /// <summary>Pods of <c>spec.to</c>.</summary>
    public required RevisionObservation Candidate { get; init; }

    /// <summary>Pods of <c>spec.from</c>; null for a first version.</summary>
    public RevisionObservation? Stable { get; init; }

    /// <summary>What the data plane reports.</summary>
    public required TrafficObservation Traffic { get; init; }

    /// <summary>Results of golden requests that were asked for and have come in; null while none have.</summary>
    public IReadOnlyList<TestResult>? TestResults { get; init; }

    /// <summary>New evidence since the last decision, in the order of scrape rounds.</summary>
    public IReadOnlyList<EvidenceRound> Evidence { get; init; } = [];

    /// <summary>
    /// Whether this is the deployment's newest rollout, which shapes everything. An older unfinished one only drains and deletes its leftovers.
    /// </summary>
    public bool IsNewest { get; init; } = true;

    /// <summary>
    /// Revisions (<c>from</c> and <c>to</c>) of newer rollouts of the deployment: an older one leaves them alone, as a newer one shapes them. Empty for the
    /// newest.
    /// </summary>
    public IReadOnlyCollection<string> RevisionsOfNewer { get; init; } = [];

    /// <summary>
    /// Sequence of the stored GatewayRoute; 0 without one. Higher than the record's when a newer rollout wrote it and was deleted since.
    /// </summary>
    public long RouteSequence { get; init; }

    /// <summary>Name and uid of this rollout, to which requests are bound.</summary>
    public RequestedRollout Rollout { get; init; } = new();

    /// <summary>
    /// Requests to the deployment whose status does not say what became of them and that no other rollout has answered, the oldest first. For the newest
    /// rollout alone.
    /// </summary>
    public IReadOnlyList<PendingRequest> Requests { get; init; } = [];

    /// <summary>The pause that the rollout before this one was under; taken over by the first decision.</summary>
    public RolloutPause? PauseBefore { get; init; }

    /// <summary>A random salt for the case that one is needed; the engine has no randomness of its own.</summary>
    public string FreshSalt { get; init; } = "";
}
