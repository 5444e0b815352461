using MlopsOperator.Rollouts.Inputs;
using MlopsOperator.Statistics.Evidence;
using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Rollouts.Guards;

/// <summary>Gives new evidence to the judges and asks them.</summary>
internal static class EvidenceIntake
{
    internal static Situation Apply(Situation situation)
    {
        if (!situation.Guarded || situation.Plan.Judge is not { } settings)
        {
            return situation;
        }

        var state = situation.Evidence;
        var judge = state.Judge ?? Judge.Begin(settings);
        foreach (var round in situation.Inputs.Evidence)
        {
            if (Counted(situation, state, round))
            {
                continue;
            }

            var block = new EvidenceBlock { Candidate = Arm(round, situation.Spec.To.Revision), Stable = Arm(round, situation.Spec.From?.Revision) };
            var counts = CountsForPass(situation, round);
            judge = Judge.Observe(settings, judge, block, counts);
            state = state with
            {
                LastBlockAt = round.Sequence == situation.Record.Sequence ? Earlier(round.To, situation.Now) : state.LastBlockAt,
                CountedTo = round.To,
                CountedSequences = state.CountedTo == round.To ? [.. state.CountedSequences ?? [], round.Sequence] : [round.Sequence],
                WeightBlocks = state.WeightBlocks + (counts && block.Candidate.Requests > 0 ? 1 : 0),
            };
        }

        var step = situation.Plan.AnalysisAt(situation.Record.Step.Index);
        return situation with
        {
            Evidence = state with { Judge = judge },
            Judgement = Judge.Assess(settings, judge, step, step == situation.Plan.Analyses - 1),
        };
    }

    /// <summary>The weight changed: nothing is reset, fresh stake is added, and the new weight needs blocks of its own.</summary>
    internal static Situation WeightChanged(Situation situation)
    {
        var judge = situation.Evidence.Judge;
        return situation with
        {
            Evidence = situation.Evidence with { Judge = judge is null ? null : Judge.WeightChanged(judge), WeightBlocks = 0 },
        };
    }

    /// <summary>
    /// A Pass counts what was seen of the confirmed route only; a Fail counts all that was exposed. The one block of a time in which nobody scraped holds the
    /// errors of many: to the judge they would have come in one clump, and no amount of good evidence would make up for it soon.
    /// </summary>
    private static bool CountsForPass(Situation situation, EvidenceRound round) =>
        round.Sequence == situation.Record.Sequence
        && situation.Record.Step.AcknowledgedAt is { } acknowledged
        && round.From >= acknowledged
        && round.To - round.From <= Limits.LongestBlockIntervals * situation.Plan.Interval;

    /// <summary>
    /// Whether a round was counted before. The number of the round does not tell: it begins anew with the process. A mark in the future is of a clock that
    /// was set back since; it is not believed, as a guard that is blind is worse than a block that counts twice.
    /// </summary>
    private static bool Counted(Situation situation, Record.EvidenceState state, EvidenceRound round) =>
        state.CountedTo is { } mark
        && mark <= situation.Now
        && (round.To < mark || (round.To == mark && state.CountedSequences?.Contains(round.Sequence) == true));

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static ArmBlock Arm(EvidenceRound round, string? revision) =>
        revision is not null && round.Arms.TryGetValue(revision, out var arm) ? arm : new ArmBlock();
}
