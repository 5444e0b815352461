using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Record;

namespace MlopsOperator.Rollouts.Holds;

/// <summary>Another writer fights for our route or children; over after ten quiet minutes, or when a person resumes.</summary>
internal static class ContestedHold
{
    internal static HoldRule Rule { get; } = new(
        RolloutReasons.ContestedHold,
        Actors.Engine,
        s => (s.Forward || s.Phase is RolloutPhase.Baking) && Holds(s) ? WaitingFor.ContestedHold : null);

    /// <summary>Remembers when the fight was last seen. One that a person resumed over is the same one until it was quiet.</summary>
    internal static Situation Watch(Situation situation) => (situation.Intent.Contested, situation.Evidence.ContestPassed) switch
    {
        (true, false) => situation with { Evidence = situation.Evidence with { ContestedAt = situation.Now } },
        (false, true) => situation with { Evidence = situation.Evidence with { ContestPassed = false } },
        _ => situation,
    };

    /// <summary>Whether the fight is on, or not quiet for long enough.</summary>
    internal static bool Holds(Situation situation) =>
        situation.Evidence.ContestedAt is { } last && situation.Since(last) < Limits.ContestedQuiet;

    /// <summary>A person resumed: the fight is forgotten.</summary>
    internal static Situation Clear(Situation situation) => situation with
    {
        Evidence = situation.Evidence with { ContestedAt = null, ContestPassed = situation.Intent.Contested },
    };
}
