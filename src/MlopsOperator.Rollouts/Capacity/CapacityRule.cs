using MlopsOperator.Api.Values;

namespace MlopsOperator.Rollouts.Capacity;

/// <summary>Traffic follows capacity: how many ready pods a weight needs, and what weight ready pods bear.</summary>
internal static class CapacityRule
{
    /// <summary>Ready pods that a weight needs: <c>ceil(w·R)</c>.</summary>
    internal static int Needed(int weight, int replicas) => (int)((((long)weight * replicas) + Weights.Total - 1) / Weights.Total);

    /// <summary>The largest weight that ready pods bear; all where nothing is wanted.</summary>
    internal static int Bears(int ready, int replicas) =>
        replicas <= 0 ? Weights.Total : (int)Math.Min(Weights.Total, (long)ready * Weights.Total / replicas);

    /// <summary>Whether both arms have all pods that a weight needs of them: the condition to raise it.</summary>
    internal static bool Full(Situation situation, int weight) =>
        situation.CandidateReady >= Needed(weight, situation.Replicas)
        && situation.StableReady >= Needed(Weights.Total - weight, situation.Replicas);

    /// <summary>
    /// Wanted replicas that a weight is kept by: those it was set for, or fewer. A jump of the wanted replicas alone scales, it moves no traffic.
    /// </summary>
    internal static int KeptBy(Situation situation) =>
        situation.Record.Route is { Replicas: > 0 } route ? Math.Min(route.Replicas, situation.Replicas) : situation.Replicas;

    /// <summary>Whether the candidate has too few ready pods for what it was given.</summary>
    internal static bool Short(Situation situation) =>
        !situation.Idle
        && situation.Exposed
        && Given(situation) is > 0 and var given
        && situation.CandidateReady < Math.Max(1, Needed(given, KeptBy(situation)));

    /// <summary>The weight that the candidate was given: that of its step, or less while its pods for that are still coming up.</summary>
    private static int Given(Situation situation) => situation.Phase switch
    {
        Api.Rollouts.RolloutPhase.Progressing or Api.Rollouts.RolloutPhase.Promoting =>
            Steps.WeightStep.Scaling(situation)
                ? Math.Max(situation.Weight, situation.Plan.WeightAt(situation.Record.Step.Index - 1))
                : situation.Plan.WeightAt(situation.Record.Step.Index),
        Api.Rollouts.RolloutPhase.Baking => Weights.Total,
        _ => 0,
    };
}
