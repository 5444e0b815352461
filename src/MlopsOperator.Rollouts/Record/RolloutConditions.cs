using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Guards;

namespace MlopsOperator.Rollouts.Record;

/// <summary>Conditions of a ModelRollout. A condition does not change while its cause does not.</summary>
internal static class RolloutConditions
{
    private const string True = "True";

    private const string False = "False";

    private const string Unknown = "Unknown";

    internal static IReadOnlyList<Condition> Of(Situation situation)
    {
        var record = situation.Record;
        List<Condition> wanted = [Analyzed(situation), Progressing(situation), Promoted(situation), RolledBack(situation)];
        if (RollBack.Stalled(situation))
        {
            wanted.Add(new Condition { Type = ConditionTypes.Stalled, Status = True, Reason = record.Reason, Message = record.Message });
        }

        return [.. wanted.Select(c => Timed(situation, c)).OrderBy(c => c.Type, StringComparer.Ordinal)];
    }

    private static Condition Progressing(Situation situation)
    {
        var record = situation.Record;
        var moves = !situation.Final && !RollBack.Stalled(situation);
        var reason = moves && record.Holds is { Count: > 0 } holds ? holds[0].Name : record.Reason;
        return new Condition
        {
            Type = ConditionTypes.Progressing,
            Status = moves ? True : False,
            Reason = reason.Length > 0 ? reason : record.Phase.ToString(),
            Message = record.Message,
        };
    }

    private static Condition Analyzed(Situation situation)
    {
        var (status, reason, message) = situation switch
        {
            { Plan.Judge: null } => (Unknown, "NotJudged", "A first version has nothing to be compared with."),
            { Promoted: true, Record.Reason: RolloutReasons.Proved } => (True, RolloutReasons.Proved, "Every required metric passed."),
            { Promoted: true } => (Unknown, situation.Record.Reason, "Promoted without proof of every required metric."),
            { Record.Reason: RolloutReasons.Failed } => (False, RolloutReasons.Failed, situation.Record.Message),
            _ => (Unknown, "NotYet", "Not every required metric has passed at every step."),
        };
        return new Condition { Type = ConditionTypes.Analyzed, Status = status, Reason = reason, Message = message };
    }

    private static Condition Promoted(Situation situation) => new()
    {
        Type = ConditionTypes.Promoted,
        Status = situation.Promoted ? True : False,
        Reason = situation.Promoted ? situation.Record.Reason : "NotPromoted",
        Message = situation.Promoted ? $"{situation.CandidateName} is stable." : $"{situation.CandidateName} is not stable.",
    };

    private static Condition RolledBack(Situation situation)
    {
        var back = situation.Phase is RolloutPhase.RollingBack or RolloutPhase.RolledBack;
        return new Condition
        {
            Type = ConditionTypes.RolledBack,
            Status = back ? True : False,
            Reason = back ? situation.Record.Reason : "NotRolledBack",
            Message = back ? situation.Record.Message : $"{situation.CandidateName} was not taken back.",
        };
    }

    private static Condition Timed(Situation situation, Condition condition)
    {
        var known = situation.Inputs.Record.Conditions?.FirstOrDefault(c => string.Equals(c.Type, condition.Type, StringComparison.Ordinal));
        var since = known is not null && string.Equals(known.Status, condition.Status, StringComparison.Ordinal)
            ? known.LastTransitionTime
            : new DateTimeOffset(situation.Now.UtcTicks - (situation.Now.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        return condition with
        {
            Message = Limits.Cut(condition.Message),
            LastTransitionTime = since,
            ObservedGeneration = situation.Record.ObservedGeneration,
        };
    }
}
