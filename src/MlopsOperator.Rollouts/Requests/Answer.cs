namespace MlopsOperator.Rollouts.Requests;

/// <summary>What becomes of a request.</summary>
/// <param name="Effect">What it changes in the record; null when it is refused.</param>
/// <param name="Message">What was done; or why not, and what to do.</param>
internal sealed record Answer(Func<Situation, Situation>? Effect, string Message)
{
    internal bool Honoured => Effect is not null;

    internal static Answer Refused(string message) => new(null, message);

    internal static Answer Done(string message, Func<Situation, Situation> effect) => new(effect, message);
}
