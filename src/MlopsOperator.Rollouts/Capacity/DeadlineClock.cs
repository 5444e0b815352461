using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Steps;
using MlopsOperator.Rollouts.Strategies;

namespace MlopsOperator.Rollouts.Capacity;

/// <summary>The progress deadline, used up in sum: while pods come up or are lost, and not under any hold but Capacity.</summary>
internal static class DeadlineClock
{
    /// <summary>Counts the stretch since the record was last decided on, if it ran both then and now.</summary>
    internal static Situation Advance(Situation situation)
    {
        var clocks = situation.Record.Clocks;
        var stretch = situation.Since(clocks.LastSeen) - Absence(situation);
        var ran = Runs(situation) && !Stopped(situation.Inputs.Record.Holds);
        return situation.With(situation.Record with
        {
            Clocks = clocks with
            {
                LastSeen = situation.Now,
                DeadlineUsedSeconds = Used(clocks) + (ran ? stretch.TotalSeconds : 0),
            },
        });
    }

    /// <summary>How much of the time since the last decision nobody looked; zero in regular operation.</summary>
    internal static TimeSpan Absence(Situation situation) =>
        situation.Since(situation.Record.Clocks.LastSeen) is var stretch && stretch > Limits.LongestStretch ? stretch - Limits.LongestStretch : TimeSpan.Zero;

    internal static bool Runs(Situation situation) => Waits(situation) && !Stopped(situation.Record.Holds);

    internal static bool Spent(Situation situation) => Waits(situation) && Remaining(situation) <= TimeSpan.Zero;

    internal static TimeSpan Remaining(Situation situation)
    {
        var left = Deadline(situation).TotalSeconds - Used(situation.Record.Clocks);
        return left <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(left);
    }

    internal static TimeSpan Deadline(Situation situation) =>
        situation.Intent.ProgressDeadline > TimeSpan.Zero && situation.Intent.ProgressDeadline < TimeSpan.FromDays(366)
            ? situation.Intent.ProgressDeadline
            : Reading.DefaultProgressDeadline;

    private static bool Waits(Situation situation) => situation.Phase switch
    {
        RolloutPhase.Preparing => situation.Step is PrepareStep or TestStep && !situation.Step.Look(situation).Over,
        RolloutPhase.Progressing or RolloutPhase.Promoting => !situation.Idle && (WeightStep.Scaling(situation) || CapacityRule.Short(situation)),
        RolloutPhase.Baking => !situation.Idle && CapacityRule.Short(situation),
        _ => false,
    };

    private static bool Stopped(IReadOnlyList<RolloutHold>? holds) =>
        holds?.Any(h => !string.Equals(h.Name, RolloutReasons.CapacityHold, StringComparison.Ordinal)) == true;

    private static double Used(RolloutClocks clocks) =>
        double.IsFinite(clocks.DeadlineUsedSeconds) && clocks.DeadlineUsedSeconds > 0 ? clocks.DeadlineUsedSeconds : 0;
}
