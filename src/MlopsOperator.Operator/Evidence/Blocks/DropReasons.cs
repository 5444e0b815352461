using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Operator.Evidence.Blocks;

/// <summary>Why there is no block between two scrapes.</summary>
internal static class DropReasons
{
    /// <inheritdoc cref="CounterDeltas.FirstScrape"/>
    public const string FirstScrape = CounterDeltas.FirstScrape;

    /// <inheritdoc cref="CounterDeltas.Reset"/>
    public const string Reset = CounterDeltas.Reset;

    /// <inheritdoc cref="CounterDeltas.InvalidCounter"/>
    public const string InvalidCounter = CounterDeltas.InvalidCounter;

    /// <summary>The gateway does not say which sequence is in effect, at one end at least.</summary>
    public const string NoSequence = "NoSequence";

    /// <summary>The route changed between the scrapes: what was counted under both cannot be told apart.</summary>
    public const string SequenceChanged = "SequenceChanged";

    /// <summary>An outcome code that is neither a status nor known: a newer gateway may count errors under it.</summary>
    public const string UnknownOutcome = "UnknownOutcome";
}
