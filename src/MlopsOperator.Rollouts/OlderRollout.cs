using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Values;
using MlopsOperator.Rollouts.Capacity;
using MlopsOperator.Rollouts.Decisions;
using MlopsOperator.Rollouts.Guards;
using MlopsOperator.Rollouts.Inputs;
using MlopsOperator.Rollouts.Record;
using MlopsOperator.Rollouts.Steps;
using MlopsOperator.Rollouts.Traffic;

namespace MlopsOperator.Rollouts;

/// <summary>A rollout that is not the newest shapes nothing: it drains and deletes its leftovers, unless a newer rollout uses them.</summary>
internal static class OlderRollout
{
    internal static RolloutDecision Decide(Situation situation)
    {
        if (!situation.Final)
        {
            situation = Leaving(situation.With(situation.Record with { Holds = null }));
            situation = Released(situation) ? Ended(situation) : Drained(situation);
        }

        return Report.Of(situation, Wanted(situation));
    }

    /// <summary>Past the flip the old revision goes, before it the candidate.</summary>
    private static Situation Leaving(Situation situation)
    {
        if (situation.Phase is RolloutPhase.RollingBack or RolloutPhase.Retiring)
        {
            return situation;
        }

        const string message = "A newer rollout shapes this deployment.";
        if (!situation.Promoted)
        {
            return RollBack.Begin(RolloutReasons.Superseded, message, Actors.Git).Make(situation);
        }

        var retiring = StepChange.Enter(
            HistoryLog.Add(situation, EventReasons.BakeEnded, Actors.Git, message),
            situation.Plan.IndexOf<RetireStep>() is >= 0 and var index ? index : situation.Plan.Steps.Count - 1);
        return LeaveRoute(retiring.With(retiring.Record with { Phase = RolloutPhase.Retiring, Holds = null }));
    }

    /// <summary>The first route of the newer rollout is the first without the leftover: gateways are waited for until they report that one.</summary>
    private static Situation LeaveRoute(Situation situation) => situation.With(situation.Record with
    {
        Sequence = situation.Record.Sequence + 1,
        Weights = new RolloutWeights { Stable = Weights.Total },
        Route = situation.Record.Route is { } route ? route with { Floor = situation.Record.Sequence + 1 } : null,
    });

    private static Situation Drained(Situation situation)
    {
        if (situation.Weight > 0)
        {
            situation = LeaveRoute(situation);
        }

        situation = TrafficRemoval.Apply(situation);
        var gone = situation.Record.Clocks.DrainedSince is not null && Leftover(situation) is not { Exists: true };
        return gone ? Ended(situation) : situation;
    }

    /// <summary>Whether the leftover belongs to a newer rollout.</summary>
    private static bool Released(Situation situation)
    {
        var revision = Retires(situation) ? situation.Spec.From?.Revision : situation.Spec.To.Revision;
        return revision is null || situation.Inputs.RevisionsOfNewer.Contains(revision, StringComparer.Ordinal);
    }

    private static Situation Ended(Situation situation)
    {
        var record = situation.Record;
        var removed = situation.With(record with { TrafficRemovedAt = record.TrafficRemovedAt ?? situation.Now });
        return StepChange.EndOf(HistoryLog.Add(removed, StepChange.EndReason(removed), Actors.Engine, "Its leftovers are gone, or a newer rollout uses them."));
    }

    private static bool Retires(Situation situation) => situation.Phase is RolloutPhase.Retiring or RolloutPhase.Succeeded;

    private static RevisionObservation? Leftover(Situation situation) => Retires(situation) ? situation.Inputs.Stable : situation.Inputs.Candidate;

    /// <summary>What is not touched stays as it is, also for a caller that applies it.</summary>
    private static int? AsItIs(RevisionObservation? revision) => revision is { Exists: true } ? Math.Max(0, revision.DesiredReplicas) : null;

    internal static WantedState Wanted(Situation situation)
    {
        // What a newer rollout uses is its to shape; what is final is gone.
        var touches = !situation.Final && !Released(situation);
        var replicas = touches ? Sizing.Going(situation, Leftover(situation)) : null;
        var retires = Retires(situation);
        return new WantedState
        {
            Shapes = false,
            TouchesCandidate = touches && !retires,
            TouchesStable = touches && retires,
            CandidateReplicas = touches && !retires ? replicas : AsItIs(situation.Inputs.Candidate),
            StableReplicas = touches && retires ? replicas : AsItIs(situation.Inputs.Stable),
        };
    }
}
