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
        return new Transition(EventReasons.RolloutStarted, message, Actors.Git, s => Enter(s, 0));
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
        return new Transition(EventReasons.AdoptedIdle, message, Actors.Engine, s => Enter(
            s with { Evidence = s.Evidence with { AdoptedIdle = true } },
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
            ? new Transition(
                EventReasons.StepCompleted,
                $"Step {situation.Record.Step.Name}: {progress.Text}",
                Actors.Engine,
                s => Leave(s, progress))
            : Transition.Stay(situation.Record.Reason, progress.Text);
    }

    /// <summary>Whether a candidate that is taken back is gone: the end.</summary>
    internal static Transition? RolledBack(Situation situation)
    {
        if (situation.Phase is not RolloutPhase.RollingBack)
        {
            return null;
        }

        if (situation.Record.Clocks.DrainedSince is null || situation.Inputs.Candidate.Exists || (situation.Plan.HasGap && situation.Inputs.Candidate.Pods > 0))
        {
            return Transition.Stay(situation.Record.Reason, situation.Record.Message);
        }

        return new Transition(EndReason(situation), situation.Record.Message, Actors.Engine, EndOf);
    }

    /// <summary>The final phase of a rollout that retires or is taken back.</summary>
    internal static Situation EndOf(Situation situation)
    {
        var phase = EndReason(situation) switch
        {
            EventReasons.RolloutSucceeded => RolloutPhase.Succeeded,
            EventReasons.RolloutSuperseded => RolloutPhase.Superseded,
            _ => RolloutPhase.RolledBack,
        };
        return End(situation, phase);
    }

    /// <summary>What the end of a rollout that retires or is taken back is called.</summary>
    internal static string EndReason(Situation situation) => situation switch
    {
        { Phase: RolloutPhase.Retiring } => EventReasons.RolloutSucceeded,
        { Record.Reason: RolloutReasons.Superseded } => EventReasons.RolloutSuperseded,
        _ => EventReasons.RolloutRolledBack,
    };

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
                LapsedSeconds = record.Step.LapsedSeconds,
                LapsesCountedTo = record.Step.LapsesCountedTo,
            },
        });
    }

    /// <summary>The current step is left before it is over.</summary>
    internal static Situation Skip(Situation situation) => Enter(situation, situation.Record.Step.Index + 1);

    /// <summary>All steps up to the first of a kind are left.</summary>
    internal static Situation SkipTo<TStep>(Situation situation)
        where TStep : IStep => Enter(situation, situation.Plan.IndexOf<TStep>());

    private static Situation Leave(Situation situation, StepProgress progress)
    {
        var left = progress.Effect?.Invoke(situation) ?? situation;
        var next = Math.Clamp(situation.Record.Step.Index, 0, situation.Plan.Steps.Count - 1) + 1;
        return next < situation.Plan.Steps.Count ? Enter(left, next) : Succeed(left);
    }

    private static Situation Succeed(Situation situation)
    {
        var ended = End(situation, RolloutPhase.Succeeded);
        return HistoryLog.Add(ended, EventReasons.RolloutSucceeded, Actors.Engine, ended.Record.Message);
    }

    private static Situation End(Situation situation, RolloutPhase phase)
    {
        var record = situation.Record;
        var message = phase is RolloutPhase.Succeeded
            ? $"{situation.CandidateName} serves all traffic ({record.Reason}) since {Texts.Time(record.PromotedAt)}."
            : record.Message;
        return situation.With(record with
        {
            Phase = phase,
            Message = message,
            FinishedAt = situation.Now,
            Holds = null,
            Step = record.Step with { WaitingFor = null },
        });
    }
}
