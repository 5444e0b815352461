using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Rollouts.Capacity;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Holds;

namespace MlopsOperator.Rollouts.Guards;

/// <summary>What takes a candidate back at once, whatever holds.</summary>
internal static class FailureChecks
{
    /// <summary>Evidence says Fail, or the outage detector does.</summary>
    internal static Transition? GuardFailed(Situation situation) =>
        situation.Judgement is { Failed: true } judgement
            ? RollBack.Failure(situation, RolloutReasons.Failed, Texts.Failed(situation, judgement))
            : null;

    /// <summary>A golden request got a wrong answer.</summary>
    internal static Transition? TestFailed(Situation situation)
    {
        if (!situation.Forward || situation.Record.Tests?.FirstOrDefault(t => !t.Passed) is not { } failed)
        {
            return null;
        }

        var detail = string.IsNullOrEmpty(failed.Message) ? "." : ": " + failed.Message;
        return RollBack.Failure(situation, RolloutReasons.TestFailed, $"Golden request {failed.Name} of {situation.CandidateName} failed{detail}");
    }

    /// <summary>A problem that no waiting will mend.</summary>
    internal static Transition? FatalProblem(Situation situation) =>
        situation.Forward && situation.Phase is not RolloutPhase.Pending && situation.Inputs.Candidate.FatalProblem is { Length: > 0 } problem
            ? RollBack.Failure(situation, RolloutReasons.Failed, $"{situation.CandidateName} cannot be served: {problem}")
            : null;

    /// <summary>Pods were not ready, or were missing, for longer in sum than the progress deadline.</summary>
    internal static Transition? DeadlineSpent(Situation situation)
    {
        if (!DeadlineClock.Spent(situation))
        {
            return null;
        }

        var problem = situation.Inputs.Candidate.Unschedulable ?? situation.Inputs.Candidate.Problem;
        return RollBack.Failure(
            situation,
            RolloutReasons.DeadlineExceeded,
            $"{situation.CandidateName} was not ready within {Texts.Duration(DeadlineClock.Deadline(situation))} in sum"
                + (string.IsNullOrEmpty(problem) ? "." : $": {problem}"));
    }

    /// <summary>A required metric stayed Unknown for too long, and the strategy says to take back then.</summary>
    internal static Transition? EvidenceOverdue(Situation situation) =>
        situation.Plan.UnknownThen is UnknownAction.RollBack && EvidenceMissingHold.Overdue(situation)
            ? RollBack.Failure(
                situation,
                RolloutReasons.Failed,
                $"A required metric of {situation.CandidateName} stayed Unknown for {Texts.Duration(situation.Plan.UnknownAfter)}.")
            : null;
}
