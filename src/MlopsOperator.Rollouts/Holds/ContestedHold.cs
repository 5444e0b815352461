using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Record;

namespace MlopsOperator.Rollouts.Holds;

/// <summary>Another writer fights for our route or children; over after ten quiet minutes.</summary>
internal static class ContestedHold
{
    internal static HoldRule Rule { get; } = new(RolloutReasons.ContestedHold, Actors.Engine, Look);

    /// <summary>Remembers when the fight was last seen.</summary>
    internal static Situation Watch(Situation situation) =>
        situation.Intent.Contested
            ? situation with { Evidence = situation.Evidence with { ContestedAt = situation.Now } }
            : situation;

    private static string? Look(Situation situation)
    {
        var active = situation.Forward || situation.Phase is RolloutPhase.Baking;
        var recent = situation.Evidence.ContestedAt is { } last && situation.Since(last) < Limits.ContestedQuiet;
        return active && recent ? WaitingFor.ContestedHold : null;
    }
}
