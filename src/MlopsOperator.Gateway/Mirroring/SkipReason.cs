namespace MlopsOperator.Gateway.Mirroring;

/// <summary>Why two answers were not compared. The label's values are in <see cref="MirrorReasons"/>.</summary>
internal enum SkipReason
{
    /// <summary>An answer is a stream of events.</summary>
    Stream,

    /// <summary>An answer is larger than what is compared.</summary>
    TooLarge,

    /// <summary>Copies hold as many bytes as they may.</summary>
    MemoryFull,

    /// <summary>An answer is compressed.</summary>
    Encoded,
}
