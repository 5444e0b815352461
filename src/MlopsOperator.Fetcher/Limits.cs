namespace MlopsOperator.Fetcher;

/// <summary>Everything that is bounded, and by how much.</summary>
internal static class Limits
{
    /// <summary>Bytes that are read, hashed and written at once.</summary>
    public const int BufferBytes = 1024 * 1024;

    /// <summary>Largest artifact when its size was not declared: 64 GiB.</summary>
    public const long UndeclaredArtifactBytes = 64L * 1024 * 1024 * 1024;

    /// <summary>Longest termination message. Kubernetes keeps 4,096 bytes a container, but 12 KiB a pod.</summary>
    public const int ReportBytes = 1024;

    /// <summary>Longest URI in a report, in characters.</summary>
    public const int ReportedUriCharacters = 200;

    /// <summary>Longest sentence in a report, in characters.</summary>
    public const int ReportedMessageCharacters = 320;

    /// <summary>Symbolic links that one path may lead through, as Linux counts them.</summary>
    public const int SymbolicLinks = 40;
}
