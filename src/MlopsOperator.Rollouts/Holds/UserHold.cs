using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Record;

namespace MlopsOperator.Rollouts.Holds;

/// <summary>A person paused the deployment. Set and cleared by <c>spec.paused</c>, so that it carries over to the next rollout.</summary>
internal static class UserHold
{
    internal static HoldRule Rule { get; } = new(
        RolloutReasons.UserHold,
        Actors.User,
        s => s.Intent.Paused && (s.Forward || s.Phase is RolloutPhase.Baking) ? WaitingFor.UserHold(s) : null);
}
