namespace MlopsOperator.ControllerRuntime;

/// <summary>Limits and time spans of the runtime, in one place.</summary>
internal static class Limits
{
    /// <summary>Objects in one page of a list.</summary>
    public const int ListPageSize = 500;

    /// <summary>Longest line of a watch, in bytes. An API server sends objects of 3 MiB at most.</summary>
    public const int WatchLineBytes = 4 * 1024 * 1024;

    /// <summary>Longest body of an answer that is read, in bytes.</summary>
    public const int ResponseBodyBytes = 256 * 1024 * 1024;

    /// <summary>Events that wait to be sent; further ones are dropped.</summary>
    public const int WaitingEvents = 1000;

    /// <summary>Events about one object in a burst.</summary>
    public const int EventBurst = 25;

    /// <summary>Objects whose Event budget or series is remembered.</summary>
    public const int RememberedEventObjects = 4096;

    /// <summary>Attempts to send one Event.</summary>
    public const int EventAttempts = 12;

    /// <summary>Longest note of an Event, in bytes.</summary>
    public const int EventNoteBytes = 1024;

    /// <summary>Longest reason, action and reporting instance of an Event, in characters.</summary>
    public const int EventWordLength = 128;

    /// <summary>Applied objects that are remembered; the oldest are forgotten, which costs one needless apply.</summary>
    public const int RememberedApplies = 10_000;

    /// <summary>Own writes that are awaited at a time; the oldest are forgotten.</summary>
    public const int AwaitedWrites = 100_000;

    /// <summary>Longest message of an API server that is passed on, in characters.</summary>
    public const int MessageLength = 2048;

    /// <summary>An Event's budget grows by one each such span.</summary>
    public static readonly TimeSpan EventRefill = TimeSpan.FromSeconds(300);

    /// <summary>A series of equal Events ends after this long without one.</summary>
    public static readonly TimeSpan EventSeriesSilence = TimeSpan.FromMinutes(6);

    /// <summary>A running series is written at most this often.</summary>
    public static readonly TimeSpan EventSeriesRefresh = TimeSpan.FromMinutes(1);

    /// <summary>Between two attempts to send an Event.</summary>
    public static readonly TimeSpan EventRetry = TimeSpan.FromSeconds(10);

    /// <summary>How long a reconciliation waits until the cache shows the operator's own last write.</summary>
    public static readonly TimeSpan OwnWriteWait = TimeSpan.FromSeconds(30);

    /// <summary>How long a request may take, body included.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long loops may take to end after one of them failed.</summary>
    public static readonly TimeSpan FaultGrace = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait that an answer of the server can ask for: an object or an Event that waits for hours is as good as lost.</summary>
    public static readonly TimeSpan LongestRetryAfter = TimeSpan.FromMinutes(1);

    /// <summary>A watch that outlives the time it asked for by this much is given up.</summary>
    public static readonly TimeSpan SilentWatchGrace = TimeSpan.FromSeconds(30);

    /// <summary>Without progress of a reflector for this long, the process counts as dead.</summary>
    public static readonly TimeSpan Liveness = TimeSpan.FromMinutes(15);
}
