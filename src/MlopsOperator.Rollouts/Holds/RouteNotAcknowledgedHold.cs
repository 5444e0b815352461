using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Record;
using MlopsOperator.Rollouts.Traffic;

namespace MlopsOperator.Rollouts.Holds;

/// <summary>No gateway is ready, or the route has not been confirmed for two minutes.</summary>
internal static class RouteNotAcknowledgedHold
{
    internal static HoldRule Rule { get; } = new(RolloutReasons.RouteNotAcknowledgedHold, Actors.Engine, Look);

    private static string? Look(Situation situation)
    {
        if (situation.Final || situation.Record.Route is not { } route)
        {
            return null;
        }

        if (situation.Phase is RolloutPhase.RollingBack or RolloutPhase.Retiring)
        {
            var open = situation.Record.TrafficRemovedAt is null && situation.Weight == 0;
            return open && situation.Elapsed(route.ChangedAt, Limits.AcknowledgeWithin) ? WaitingFor.Removal(situation, TrafficRemoval.Name(situation)) : null;
        }

        var late = situation.Record.Step.AcknowledgedAt is null && situation.Elapsed(route.ChangedAt, Limits.AcknowledgeWithin);
        return late || !Acknowledgement.AnyReady(situation) ? WaitingFor.Acknowledgement(situation) : null;
    }
}
