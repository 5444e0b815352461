namespace MlopsOperator.DevCluster.Nodes;

/// <summary>Limits of the node, most of them the kubelet's.</summary>
internal static class Limits
{
    /// <summary>Bytes of a termination message.</summary>
    public const int TerminationMessageBytes = 4_096;

    /// <summary>Bytes of the end of the log that stand in for a termination message (FallbackToLogsOnError).</summary>
    public const int TerminationLogBytes = 2_048;

    /// <summary>Bytes of one line of a log; longer ones are split.</summary>
    public const int LogLineBytes = 16 * 1_024;

    /// <summary>Bytes of a log file; a full one is kept once, the one before it goes.</summary>
    public const int LogFileBytes = 10 * 1_024 * 1_024;

    /// <summary>Characters of a probe's output that an event shows.</summary>
    public const int ProbeOutput = 1_024;

    /// <summary>First pause before a container is started again; it doubles each time.</summary>
    public static readonly TimeSpan FirstRestartPause = TimeSpan.FromSeconds(10);

    /// <summary>Longest pause before a container is started again.</summary>
    public static readonly TimeSpan LongestRestartPause = TimeSpan.FromMinutes(5);

    /// <summary>A container that ran this long starts with the first pause again.</summary>
    public static readonly TimeSpan RestartPauseReset = TimeSpan.FromMinutes(10);

    /// <summary>How long the rest of the output of a process that has ended is waited for.</summary>
    public static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(1);

    /// <summary>Pause after volumes or variables could not be made ready.</summary>
    public static readonly TimeSpan SetupPause = TimeSpan.FromSeconds(2);

    /// <summary>Time that SIGTERM leaves after a preStop hook that took the whole grace.</summary>
    public static readonly TimeSpan MinimumGrace = TimeSpan.FromSeconds(2);
}
