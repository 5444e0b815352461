using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Decisions;
using MlopsOperator.Rollouts.Guards;
using MlopsOperator.Rollouts.Record;

namespace MlopsOperator.Rollouts;

/// <summary>Puts into the record and the decision what people and the caller read: texts, columns, conditions, events, when to save.</summary>
internal static class Report
{
    private static readonly string[] Warnings =
    [
        EventReasons.RollingBack, EventReasons.FirstVersionStalled, EventReasons.WeightLowered, EventReasons.Rescued, EventReasons.Held,
        EventReasons.RolloutRolledBack, EventReasons.ExposureLapsed,
        EventReasons.RequestRefused,
    ];

    internal static RolloutDecision Of(Situation situation, WantedState wanted)
    {
        var before = situation.Inputs.Record;
        var record = Write(situation);
        var due = EvidenceDue(situation, before);
        var mustSave = due || !RecordComparison.Same(before, record);
        return new RolloutDecision
        {
            Record = mustSave ? record with { EvidenceSavedAt = situation.Now } : record,
            MustSave = mustSave,
            Wanted = wanted,
            Lapsed = situation.Lapsed,
            Events =
            [
                .. HistoryLog.Added(before, record).Select(e => new RolloutEvent(e.Event, Warnings.Contains(e.Event, StringComparer.Ordinal), e.Detail)),
            ],
            RequeueAfter = Timers.Next(situation, moved: mustSave && !due),
        };
    }

    private static ModelRolloutStatus Write(Situation situation)
    {
        var waiting = WaitingText(situation);
        var record = situation.Record;
        record = record with
        {
            Step = record.Step with { WaitingFor = waiting },
            Message = situation.Forward || situation.Promoted && !situation.Final ? Message(situation, waiting) : record.Message,
        };
        var told = situation.With(record);
        return record with
        {
            Evidence = situation.Final ? record.Evidence : EvidenceCodec.Encode(situation.Evidence),
            Verdicts = Verdicts.Of(told),
            Columns = Columns.Of(told, waiting),
            Conditions = RolloutConditions.Of(told),
        };
    }

    private static string Message(Situation situation, string? waiting) =>
        RollBack.Stalled(situation) ? situation.Record.Message
        : waiting is null ? situation.Record.Message
        : Limits.Cut("Waits for " + waiting + ".");

    /// <summary>What is waited for now, after the transition and the shape.</summary>
    private static string? WaitingText(Situation situation)
    {
        if (situation.Final)
        {
            return null;
        }

        if (situation.Phase is RolloutPhase.RollingBack)
        {
            return Limits.Cut(Explanations.WaitingFor.Removal(situation, situation.CandidateName));
        }

        if (situation.Held && situation.Phase is not RolloutPhase.Retiring)
        {
            return Limits.Cut(situation.Record.Holds![0].Reason);
        }

        var progress = situation.Step.Look(situation);
        return progress.Over ? null : Limits.Cut(progress.Text);
    }

    /// <summary>Evidence and running clocks are saved now and then; a crash loses that much of them.</summary>
    private static bool EvidenceDue(Situation situation, ModelRolloutStatus before)
    {
        if (situation.Final)
        {
            return false;
        }

        var intervals = Limits.EvidenceIntervals * situation.Plan.Interval;
        var cadence = intervals < Limits.EvidenceSaved ? intervals : Limits.EvidenceSaved;
        var grown = situation.Inputs.Evidence.Count > 0 && situation.Guarded;
        var ran = situation.Record.Clocks.DeadlineUsedSeconds > before.Clocks.DeadlineUsedSeconds;
        return (grown || ran) && situation.Since(before.EvidenceSavedAt ?? before.StartedAt ?? situation.Now) >= cadence;
    }
}
