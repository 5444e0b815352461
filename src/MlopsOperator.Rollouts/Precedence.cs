using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Guards;
using MlopsOperator.Rollouts.Requests;
using MlopsOperator.Rollouts.Steps;

namespace MlopsOperator.Rollouts;

/// <summary>Second part of a decision: at most one transition, the first whose check applies.</summary>
internal static class Precedence
{
    /// <summary>
    /// Safety before wishes, wishes before holds, holds before progress; a person's promotion looks at holds itself. The start comes before the holds: bringing pods up is no forward move of traffic.
    /// </summary>
    private static readonly Check[] Checks =
    [
        FailureChecks.GuardFailed,
        FailureChecks.TestFailed,
        FailureChecks.FatalProblem,
        FailureChecks.DeadlineSpent,
        FailureChecks.EvidenceOverdue,
        RequestIntake.Abort,
        WantedChanged.Check,
        StepChange.Start,
        RequestIntake.Promote,
        StepChange.RolledBack,
        Held,
        StepChange.AdoptIdle,
        StepChange.Progress,
    ];

    /// <summary>The transition to make; one that stays says what is waited for.</summary>
    internal static Transition? First(Situation situation) =>
        situation.Final ? null : Checks.Select(check => check(situation)).FirstOrDefault(t => t is not null);

    /// <summary>Any hold stops forward moves; taking back and retiring go on, and so does a rollout during which nothing serves.</summary>
    private static Transition? Held(Situation situation) =>
        situation is { Held: true, InGap: false } && (situation.Forward || situation.Phase is RolloutPhase.Baking)
            ? Transition.Stay(situation.Record.Holds![0].Name, situation.Record.Holds[0].Reason)
            : null;
}
