using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Capacity;
using MlopsOperator.Rollouts.Decisions;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Guards;
using MlopsOperator.Rollouts.Record;
using MlopsOperator.Rollouts.Steps;
using MlopsOperator.Rollouts.Traffic;

namespace MlopsOperator.Rollouts;

/// <summary>Third part of a decision: weights, route and replicas that follow from the record. It ends nothing and hides no transition.</summary>
internal static class Shape
{
    /// <summary>Sets the weights, and the sequence where the route's content changes.</summary>
    internal static Situation Traffic(Situation situation)
    {
        var before = situation.Record.Weights;
        var rescued = CapacityClocks.StableLost(situation) && situation.CandidateReady > 0;
        var shaped = situation.With(situation.Record with { Weights = WeightRule.Next(situation) });
        shaped = Remember(situation, shaped);
        if (shaped.Record.Weights == before || before is null)
        {
            return before is null && shaped.FirstVersion && shaped.Record.Weights is not null
                ? HistoryLog.Add(shaped, EventReasons.RouteCreated, Actors.Engine, $"Route leads to {shaped.CandidateName}.")
                : shaped;
        }

        // From Retiring on the old revision is gone from the vector, which moves no request.
        return shaped.Final || shaped.Phase is RolloutPhase.Retiring ? shaped : Tell(EvidenceIntake.WeightChanged(shaped), before, rescued);
    }

    /// <summary>The state of the world that the record asks for.</summary>
    internal static WantedState Wanted(Situation situation) => new()
    {
        CandidateReplicas = Sizing.Candidate(situation),
        StableReplicas = Sizing.Stable(situation),
        Route = RouteContent.Of(situation),
        Floor = ExposureFloor.Named(situation),
        RunGoldenTests = TestStep.Wanted(situation),
    };

    private static Situation Remember(Situation before, Situation shaped)
    {
        if (RouteContent.Of(shaped) is not { } route)
        {
            return shaped;
        }

        var record = shaped.Record;
        var hash = RouteContent.Hash(route);
        var exposed = record.Route?.ExposedAt ?? (shaped.FirstVersion || shaped.Weight > 0 ? shaped.Now : null);
        var weightsMoved = before.Record.Weights != record.Weights;
        var outrun = record.Sequence > 0 && record.Sequence < shaped.Inputs.RouteSequence;
        if (!outrun && record.Route is { } known && string.Equals(known.ContentHash, hash, StringComparison.Ordinal))
        {
            return shaped;
        }

        var sequence = NextSequence(shaped);
        return shaped.With(record with
        {
            Sequence = sequence,
            Step = record.Step with { AcknowledgedAt = null, LapsedSeconds = null, LapsesCountedTo = null },
            Route = new RolloutRoute
            {
                ContentHash = hash,
                ChangedAt = shaped.Now,
                ExposedAt = exposed,
                Replicas = weightsMoved || record.Route is null ? shaped.Replicas : record.Route.Replicas,
                Floor = ExposureFloor.Next(before.Record, record.Weights, sequence),
                Lease = ExposureLease.Remembered(before.Record, route, shaped.Weight),
            },
        });
    }

    /// <summary>Above every sequence that was ever stored: gateways and the API refuse one that falls.</summary>
    private static long NextSequence(Situation situation)
    {
        var (last, first) = (situation.Record.Sequence, situation.Spec.FirstSequence);
        var next = last < first ? Math.Max(1, first) : last + 1;
        var stored = situation.Inputs.RouteSequence;
        return last > 0 && stored is < long.MaxValue ? Math.Max(next, stored + 1) : next;
    }

    private static Situation Tell(Situation situation, RolloutWeights before, bool rescued)
    {
        var (from, to) = (Texts.Percent(before.Candidate), Texts.Percent(situation.Weight));
        if (rescued)
        {
            return HistoryLog.Add(
                situation,
                EventReasons.Rescued,
                Actors.Engine,
                $"Weight of {situation.CandidateName} raised from {from} to {to}: {situation.StableName} has no ready endpoint.");
        }

        return situation.Weight > before.Candidate
            ? HistoryLog.Add(
                situation,
                EventReasons.WeightRaised,
                Actors.Engine,
                $"Weight of {situation.CandidateName} raised from {from} to {to}: {Texts.Pods(situation.CandidateReady)} ready.")
            : HistoryLog.Add(
                situation,
                EventReasons.WeightLowered,
                Actors.Engine,
                $"Weight of {situation.CandidateName} lowered from {from} to {to}: {Texts.WhyLower(situation)}.");
    }
}
