namespace MlopsOperator.Gateway.Routes;

/// <summary>
/// Which sequence of a route is reported: the one in effect, once every weighted revision has an endpoint here or it has been in effect
/// for <see cref="Limits.SequenceDelay"/>; until then the one before, if any.
/// </summary>
/// <param name="Sequence">The sequence in effect.</param>
/// <param name="Since">When it took effect, as a timestamp of the TimeProvider.</param>
/// <param name="Confirmed">Whether every weighted revision has had an endpoint since.</param>
/// <param name="Before">What was reported before.</param>
internal sealed record Acknowledgement(long Sequence, long Since, bool Confirmed, long? Before)
{
    /// <summary>What is to be reported now; nothing for a route that has just come and has no endpoints yet.</summary>
    public long? Reported(TimeProvider time) =>
        Confirmed || time.GetElapsedTime(Since) >= Limits.SequenceDelay ? Sequence : Before;

    /// <summary>The state after a route set took effect.</summary>
    public static Acknowledgement Next(Acknowledgement? previous, long sequence, bool hasEndpoints, TimeProvider time) =>
        previous is not null && previous.Sequence == sequence
            ? previous with { Confirmed = previous.Confirmed || hasEndpoints }
            : new Acknowledgement(sequence, time.GetTimestamp(), hasEndpoints, previous?.Reported(time));
}
