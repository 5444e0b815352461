using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Values;
using MlopsOperator.Rollouts.Capacity;
using MlopsOperator.Rollouts.Steps;

namespace MlopsOperator.Rollouts.Traffic;

/// <summary>The candidate's weight that follows from the record and from the pods that are ready.</summary>
internal static class WeightRule
{
    /// <summary>Both weights; null while there shall be no route.</summary>
    internal static RolloutWeights? Next(Situation situation)
    {
        if (situation.FirstVersion)
        {
            var routed = situation.Record.Weights is not null || situation.Promoted || situation.Step.Weight is not null;
            return routed ? Only : null;
        }

        if (situation.Final || situation.Phase is RolloutPhase.Retiring)
        {
            return Only;
        }

        var candidate = Candidate(situation);
        return new RolloutWeights { Stable = Weights.Total - candidate, Candidate = candidate };
    }

    /// <summary>All to the one revision that is left.</summary>
    private static RolloutWeights Only { get; } = new() { Stable = Weights.Total };

    /// <summary>Whether stable has been without endpoints for so long that a tested candidate takes its traffic.</summary>
    internal static bool Rescue(Situation situation) =>
        CapacityClocks.StableLost(situation)
        && situation.CandidateReady > 0
        && situation.Elapsed(situation.Record.Clocks.StableLostSince, Limits.RescueAfter)
        && TestStep.Passed(situation);

    private static int Candidate(Situation situation)
    {
        var target = situation.Phase switch
        {
            RolloutPhase.Progressing or RolloutPhase.Promoting => situation.Plan.WeightAt(situation.Record.Step.Index),
            RolloutPhase.Baking => Weights.Total,
            _ => 0,
        };
        if (situation.Idle)
        {
            return target > situation.Weight && !MayRaise(situation) ? situation.Weight : target;
        }

        if (situation.Plan.HasGap && situation.Phase is RolloutPhase.RollingBack)
        {
            // Stable may have no room to start before the candidate is gone.
            return 0;
        }

        if (situation.CandidateReady == 0)
        {
            // The last way out is kept open where the old revision has nothing either.
            return situation.Promoted && situation.StableReady == 0 ? situation.Weight : 0;
        }

        return situation is { StableReady: 0, StableStopped: false } ? StableLost(situation, target) : Moved(situation, target);
    }

    /// <summary>Stable has no ready endpoint, the candidate has: what was in the route takes all; what was not waits for the rescue.</summary>
    private static int StableLost(Situation situation, int target)
    {
        if (situation.Promoted)
        {
            return Weights.Total;
        }

        // A candidate that was taken out of the route does not come back into it.
        var inRoute = situation.Phase is RolloutPhase.RollingBack ? situation.Weight > 0 : situation.Exposed;
        if (inRoute || Rescue(situation))
        {
            return Weights.Total;
        }

        return Math.Min(situation.Weight, target);
    }

    private static int Moved(Situation situation, int target)
    {
        var weight = situation.Weight;
        if (target < weight)
        {
            return Lowered(situation, target);
        }

        if (target > weight && MayRaise(situation) && CapacityRule.Full(situation, target))
        {
            return target;
        }

        return Kept(situation, weight);
    }

    /// <summary>
    /// Down: at once where the candidate is bad, else only as far as stable bears. Stable has a ready endpoint here.
    /// </summary>
    private static int Lowered(Situation situation, int target)
    {
        var urgent = situation.Phase is RolloutPhase.RollingBack
            && situation.Record.Reason is not (RolloutReasons.Superseded or RolloutReasons.Reverted);
        var left = Weights.Total - CapacityRule.Bears(situation.StableReady, situation.Replicas);
        return urgent ? target : Math.Min(situation.Weight, Math.Max(target, left));
    }

    /// <summary>Lost pods lower the weight to what the rest bears, once that has lasted, and never beyond what stable bears.</summary>
    private static int Kept(Situation situation, int weight)
    {
        if (!situation.Elapsed(situation.Record.Clocks.CapacityShortSince, Limits.CapacityGrace))
        {
            return weight;
        }

        var replicas = CapacityRule.KeptBy(situation);
        var borne = CapacityRule.Bears(situation.CandidateReady, replicas);
        var left = Weights.Total - CapacityRule.Bears(situation.StableReady, replicas);
        return Math.Min(weight, Math.Max(borne, left));
    }

    /// <summary>A step's first raise is a forward move; getting back a weight that was given before is not.</summary>
    private static bool MayRaise(Situation situation) => !situation.Held || situation.InGap || !WeightStep.Scaling(situation);
}
