namespace MlopsOperator.DevCluster.Nodes;

/// <summary>
/// How the containers that a rule of <see cref="PodOptions"/> matches behave. Without any call: scripted, ready as soon as started.
/// </summary>
public sealed class PodRule
{
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);

    internal TimeSpan ReadyDelay { get; private set; }

    internal bool IsNeverReady { get; private set; }

    internal TimeSpan? ExitDelay { get; private set; }

    internal int ExitCode { get; private set; }

    internal string? ExitMessage { get; private set; }

    internal int? InitExitCode { get; private set; }

    internal string? InitMessage { get; private set; }

    internal TimeSpan InitDelay { get; private set; }

    internal string? UnschedulableMessage { get; private set; }

    internal string? PullError { get; private set; }

    internal TimeSpan? StopDelay { get; private set; } = TimeSpan.Zero;

    internal IReadOnlyList<string> LogLines { get; private set; } = [];

    internal IReadOnlyList<string>? Command { get; private set; }

    internal IReadOnlyDictionary<string, string> Environment => environment;

    /// <summary>Scripted: ready this long after each start of the container.</summary>
    public PodRule ReadyAfter(TimeSpan delay)
    {
        ReadyDelay = delay;
        IsNeverReady = false;
        return this;
    }

    /// <summary>Scripted: runs and never gets ready.</summary>
    public PodRule NeverReady()
    {
        IsNeverReady = true;
        return this;
    }

    /// <summary>Scripted: exits this long after each start, with a code other than 0 and, if given, a termination message.</summary>
    public PodRule CrashesAfter(TimeSpan delay, int exitCode = 1, string? message = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(exitCode);
        return Exits(delay, exitCode, message);
    }

    /// <summary>Scripted: does its work and exits with code 0 after this time.</summary>
    public PodRule CompletesAfter(TimeSpan delay, string? message = null) => Exits(delay, 0, message);

    /// <summary>Scripted: each init container exits with this code and termination message. Others end with 0 at once.</summary>
    public PodRule InitFails(string message, int exitCode = 1)
    {
        ArgumentOutOfRangeException.ThrowIfZero(exitCode);
        InitExitCode = exitCode;
        InitMessage = message;
        return this;
    }

    /// <summary>Scripted: each init container ends with code 0 after this time, with this termination message.</summary>
    public PodRule InitCompletesAfter(TimeSpan delay, string? message = null)
    {
        InitDelay = delay;
        InitExitCode = null;
        InitMessage = message;
        return this;
    }

    /// <summary>The pod is not bound to the node: PodScheduled False, reason Unschedulable, with this message.</summary>
    public PodRule Unschedulable(string message = "0/1 nodes are available: 1 Insufficient cpu.")
    {
        UnschedulableMessage = message;
        return this;
    }

    /// <summary>The image cannot be pulled: ErrImagePull, then ImagePullBackOff, with this message.</summary>
    public PodRule PullFails(string message)
    {
        PullError = message;
        return this;
    }

    /// <summary>Scripted: SIGTERM has no effect; the container ends at SIGKILL, when its grace is over.</summary>
    public PodRule IgnoresSigterm()
    {
        StopDelay = null;
        return this;
    }

    /// <summary>Scripted: ends this long after SIGTERM, with exit code 0.</summary>
    public PodRule StopsAfter(TimeSpan delay)
    {
        StopDelay = delay;
        return this;
    }

    /// <summary>Scripted: lines that each start of the container writes to its log.</summary>
    public PodRule Logs(params string[] lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        LogLines = [.. lines];
        return this;
    }

    /// <summary>
    /// The container is a process of this machine: the image's entry point. A container's <c>command</c> replaces it, its <c>args</c> are appended.
    /// </summary>
    public PodRule Process(string executable, params string[] arguments)
    {
        ArgumentException.ThrowIfNullOrEmpty(executable);
        ArgumentNullException.ThrowIfNull(arguments);
        Command = [executable, .. arguments];
        return this;
    }

    /// <summary>Scripted (the default): no code runs.</summary>
    public PodRule Scripted()
    {
        Command = null;
        return this;
    }

    /// <summary>An environment variable of the image. The container's own <c>env</c> wins.</summary>
    public PodRule Env(string name, string value)
    {
        environment[name] = value;
        return this;
    }

    private PodRule Exits(TimeSpan delay, int exitCode, string? message)
    {
        ExitDelay = delay;
        ExitCode = exitCode;
        ExitMessage = message;
        return this;
    }
}
