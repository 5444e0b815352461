using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Record;

namespace MlopsOperator.Rollouts.Holds;

/// <summary>A person paused the deployment, by <c>spec.paused</c> or by a Pause request. Both carry over to the next rollout.</summary>
internal static class UserHold
{
    internal static HoldRule Rule { get; } = new(
        RolloutReasons.UserHold,
        Actors.User,
        s => Paused(s) && (s.Forward || s.Phase is RolloutPhase.Baking) ? WaitingFor.UserHold(s) : null);

    /// <summary>Whether it is paused, and no promotion with full and force has passed that.</summary>
    internal static bool Paused(Situation situation) => Asked(situation) && !situation.Evidence.PausePassed;

    /// <summary>A promotion passes the pause that there was, not one that comes later.</summary>
    internal static Situation Forget(Situation situation) => situation.Evidence.PausePassed && !Asked(situation)
        ? situation with { Evidence = situation.Evidence with { PausePassed = false } }
        : situation;

    private static bool Asked(Situation situation) => situation.Intent.Paused || situation.Record.Paused is not null;
}
