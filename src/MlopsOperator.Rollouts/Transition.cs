namespace MlopsOperator.Rollouts;

/// <summary>A change of the record that a check asks for.</summary>
/// <param name="Reason">Why, in a word.</param>
/// <param name="Message">Why, in a sentence with the values.</param>
/// <param name="Actor">Who caused it: <see cref="Record.Actors"/>.</param>
/// <param name="Apply">The change; null when the record shall stay as it is and later checks shall not be asked.</param>
internal sealed record Transition(string Reason, string Message, string Actor, Func<Situation, Situation>? Apply)
{
    /// <summary>Nothing moves, and nothing further is asked.</summary>
    internal static Transition Stay(string reason, string message) => new(reason, message, Record.Actors.Engine, Apply: null);
}
