using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Record;

namespace MlopsOperator.Rollouts.Steps;

/// <summary>Moves the record from step to step.</summary>
internal static class StepChange
{
    /// <summary>First decision: the candidate's pods may come up.</summary>
    internal static Transition? Start(Situation situation)
    {
        if (situation.Phase is not RolloutPhase.Pending)
        {
            return null;
        }

        var message = situation.FirstVersion
            ? $"First version {situation.CandidateName}."
            : $"Rollout from {situation.StableName} to {situation.CandidateName}.";
        return new Transition(EventReasons.RolloutStarted, message, Actors.Git, s => Enter(
            HistoryLog.Add(s, EventReasons.RolloutStarted, Actors.Git, message), 0));
    }

    /// <summary>Nothing is wanted to run: a tested candidate is adopted without traffic.</summary>
    internal static Transition? AdoptIdle(Situation situation)
    {
        if (situation is not { Idle: true, FirstVersion: false, Exposed: false, Phase: RolloutPhase.Preparing }
            || situation.CandidateReady == 0
            || !TestStep.Passed(situation)
            || situation.Step is PrepareStep && situation.Plan.IndexOf<TestStep>() >= 0)
        {
            return null;
        }

        var message = $"{situation.CandidateName} is adopted without evidence: no pods are wanted.";
        return new Transition(RolloutReasons.AdoptedIdle, message, Actors.Engine, s => Enter(
            HistoryLog.Add(s with { Evidence = s.Evidence with { AdoptedIdle = true } }, RolloutReasons.AdoptedIdle, Actors.Engine, message),
            s.Plan.IndexOf<PromoteStep>()));
    }

    /// <summary>The current step is over: on to the next, or to the end.</summary>
    internal static Transition? Progress(Situation situation)
    {
        if (situation.Final || situation.Phase is RolloutPhase.RollingBack)
        {
            return null;
        }

        var progress = situation.Step.Look(situation);
        return progress.Over
            ? new Transition(EventReasons.StepCompleted, progress.Text, Actors.Engine, s => Leave(s, progress))
            : Transition.Stay(situation.Record.Reason, progress.Text);
    }

    /// <summary>Whether a candidate that is taken back is gone: the end.</summary>
    internal static Transition? RolledBack(Situation situation)
    {
        if (situation.Phase is not RolloutPhase.RollingBack)
        {
            return null;
        }

        if (situation.Record.Clocks.DrainedSince is null || situation.Inputs.Candidate.Exists)
        {
            return Transition.Stay(situation.Record.Reason, situation.Record.Message);
        }

        return new Transition(situation.Record.Reason, situation.Record.Message, Actors.Engine, EndOf);
    }

    /// <summary>The final phase of a rollout that retires or is taken back.</summary>
    internal static Situation EndOf(Situation situation)
    {
        if (situation.Phase is RolloutPhase.Retiring)
        {
            return End(situation, RolloutPhase.Succeeded, EventReasons.RolloutSucceeded);
        }

        return string.Equals(situation.Record.Reason, RolloutReasons.Superseded, StringComparison.Ordinal)
            ? End(situation, RolloutPhase.Superseded, EventReasons.RolloutSuperseded)
            : End(situation, RolloutPhase.RolledBack, EventReasons.RolloutRolledBack);
    }

    internal static Situation Enter(Situation situation, int index)
    {
        var step = situation.Plan.StepAt(index);
        var record = situation.Record;
        return situation.With(record with
        {
            Phase = step.Phase,
            Reason = record.PromotedAt is null ? step.Phase.ToString() : record.Reason,
            Clocks = record.Clocks with { UnknownSince = null },
            Step = new RolloutStep
            {
                Index = index,
                Name = step.Name,
                StartedAt = situation.Now,
                AcknowledgedAt = record.Step.AcknowledgedAt,
            },
        });
    }

    private static Situation Leave(Situation situation, StepProgress progress)
    {
        var left = situation.Record.Step.Name;
        var told = HistoryLog.Add(situation, EventReasons.StepCompleted, Actors.Engine, $"Step {left}: {progress.Text}");
        told = progress.Effect?.Invoke(told) ?? told;
        var next = Math.Clamp(situation.Record.Step.Index, 0, situation.Plan.Steps.Count - 1) + 1;
        return next < situation.Plan.Steps.Count ? Enter(told, next) : End(told, RolloutPhase.Succeeded, EventReasons.RolloutSucceeded);
    }

    private static Situation End(Situation situation, RolloutPhase phase, string reason)
    {
        var record = situation.Record;
        var message = phase is RolloutPhase.Succeeded
            ? $"{situation.CandidateName} serves all traffic ({record.Reason}) since {Texts.Time(record.PromotedAt)}."
            : record.Message;
        return HistoryLog.Add(
            situation.With(record with
            {
                Phase = phase,
                Message = message,
                FinishedAt = situation.Now,
                Holds = null,
                Step = record.Step with { WaitingFor = null },
            }),
            reason,
            Actors.Engine,
            message);
    }
}
