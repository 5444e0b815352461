namespace MlopsOperator.Cli.Output;

/// <summary>What the program ends with.</summary>
internal static class ExitCodes
{
    /// <summary>As asked.</summary>
    public const int Done = 0;

    /// <summary>Failed, taken back, refused, or not found.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Waits for a person.</summary>
    public const int WaitsForPerson = 3;

    /// <summary>What was waited for did not come in time.</summary>
    public const int TimedOut = 4;

    /// <summary>The cluster cannot be reached, or forbids it.</summary>
    public const int Unreachable = 5;

    /// <summary>Interrupted, as shells count it.</summary>
    public const int Interrupted = 130;
}
