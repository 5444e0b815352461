using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Values;
using MlopsOperator.Rollouts.Steps;

namespace MlopsOperator.Rollouts.Capacity;

/// <summary>How many pods each revision shall have. Grow first, then move traffic, then shrink.</summary>
internal static class Sizing
{
    /// <summary>Wanted pods of the candidate; null: none shall exist.</summary>
    internal static int? Candidate(Situation situation) => situation.Phase switch
    {
        RolloutPhase.Pending => null,

        // Not made before stable is gone. What is there, such as the old revision of a rollout that is followed by its reversal, may not be confirmed gone yet.
        RolloutPhase.Preparing when situation.Step is StopStep => situation.Inputs.Candidate.Exists ? Math.Clamp(situation.Inputs.Candidate.DesiredReplicas, 0, Limits.Replicas) : null,
        RolloutPhase.Preparing or RolloutPhase.Progressing or RolloutPhase.Promoting => Coming(situation),
        RolloutPhase.Baking or RolloutPhase.Retiring => situation.Idle ? 0 : Full(situation),
        RolloutPhase.Succeeded => AfterEnd(situation),
        RolloutPhase.RollingBack => Going(situation, situation.Inputs.Candidate),
        _ => null,
    };

    /// <summary>Wanted pods of stable; null: none shall exist.</summary>
    internal static int? Stable(Situation situation)
    {
        if (situation.FirstVersion)
        {
            return null;
        }

        return situation.Phase switch
        {
            RolloutPhase.Retiring => Going(situation, situation.Inputs.Stable),
            RolloutPhase.Succeeded => null,
            RolloutPhase.RolledBack or RolloutPhase.Superseded or RolloutPhase.Refused => AfterEnd(situation),
            _ when situation.Idle => 0,
            RolloutPhase.Baking => situation.BaseReplicas,

            // There may be no room for it before the candidate is gone.
            RolloutPhase.RollingBack when situation.Plan.HasGap && situation.Inputs.Candidate is { DesiredReplicas: > 0 } or { Pods: > 0 } => situation.Inputs.Stable?.DesiredReplicas ?? 0,
            RolloutPhase.RollingBack => Full(situation),
            _ when situation.StableStopped => 0,
            _ => Remaining(situation),
        };
    }

    private static int Full(Situation situation) => Math.Max(situation.BaseReplicas, situation.Replicas);

    /// <summary>A candidate before the flip: sized for the larger of the weight it has and the weight it shall get.</summary>
    private static int Coming(Situation situation)
    {
        // One pod is looked at where none is wanted.
        if (situation.Idle)
        {
            return 1;
        }

        if (situation.FirstVersion)
        {
            return situation.Replicas;
        }

        var full = Full(situation);
        var weight = Math.Max(situation.Weight, situation.Plan.SizingWeightAt(situation.Record.Step.Index));
        return Math.Max(1, Math.Min(full, Math.Max(situation.Plan.MinPods, CapacityRule.Needed(weight, full))));
    }

    /// <summary>Stable before the flip: not below what it began with, nor below what its share needs.</summary>
    private static int Remaining(Situation situation)
    {
        var weight = Math.Min(situation.Weight, situation.Plan.WeightAt(situation.Record.Step.Index));
        return Math.Max(situation.BaseReplicas, CapacityRule.Needed(Weights.Total - weight, situation.Replicas));
    }

    /// <summary>A revision on its way out keeps its pods until it is drained; then none, then nothing of it.</summary>
    internal static int? Going(Situation situation, Inputs.RevisionObservation? revision)
    {
        if (revision is not { Exists: true })
        {
            return null;
        }

        if (situation.Record.Clocks.DrainedSince is null)
        {
            return Math.Clamp(revision.DesiredReplicas, 0, Limits.Replicas);
        }

        return revision.DesiredReplicas > 0 || revision.ReadyEndpoints > 0 ? 0 : null;
    }

    /// <summary>An autoscaler still sees the effect of two arms: the size at the beginning is kept for a while.</summary>
    private static int AfterEnd(Situation situation) =>
        situation.Idle || situation.FirstVersion || situation.Elapsed(situation.Record.FinishedAt, Limits.SizeKeptAfterEnd)
            ? situation.Replicas
            : Full(situation);
}
