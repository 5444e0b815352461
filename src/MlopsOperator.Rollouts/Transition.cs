using MlopsOperator.Rollouts.Record;

namespace MlopsOperator.Rollouts;

/// <summary>A change of the record that a check asks for. Each leaves an entry in the history.</summary>
/// <param name="Reason">Why, in a word: one of <see cref="EventReasons"/>.</param>
/// <param name="Message">Why, in a sentence with the values.</param>
/// <param name="Actor">Who caused it: one of <see cref="Actors"/>.</param>
/// <param name="Apply">The change; null when the record shall stay as it is and later checks shall not be asked.</param>
internal sealed record Transition(string Reason, string Message, string Actor, Func<Situation, Situation>? Apply)
{
    /// <summary>Nothing moves, and nothing further is asked.</summary>
    internal static Transition Stay(string reason, string message) => new(reason, message, Actors.Engine, Apply: null);

    /// <summary>Makes the change; the history tells it before what follows from it.</summary>
    internal Situation Make(Situation situation) =>
        Apply is null ? situation : Apply(HistoryLog.Add(situation, Reason, Actor, Message));
}
