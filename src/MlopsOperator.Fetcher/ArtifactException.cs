namespace MlopsOperator.Fetcher;

/// <summary>Why an artifact could not be fetched: a reason from <see cref="FailureReasons"/> and a sentence for people.</summary>
/// <param name="reason">One of <see cref="FailureReasons"/>.</param>
/// <param name="message">What was expected, what was found, what to do.</param>
internal sealed class ArtifactException(string reason, string message) : Exception(message)
{
    /// <summary>One of <see cref="FailureReasons"/>.</summary>
    public string Reason { get; } = reason;

    /// <summary>Digest of what was read, where it was read whole.</summary>
    public string? FoundDigest { get; init; }

    /// <summary>How many bytes were read.</summary>
    public long? Bytes { get; init; }
}
