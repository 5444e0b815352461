namespace MlopsOperator.DevCluster.Nodes.Pods;

/// <summary>One incarnation of a container, from its start to its end.</summary>
internal interface IContainerRun
{
    /// <summary>How it ended, or null: it runs.</summary>
    ContainerExit? Exit { get; }

    /// <summary>Ready by itself; null: its probes decide.</summary>
    bool? IsReady { get; }

    /// <summary>When its state may change without a signal; null: never, or it says so by itself.</summary>
    DateTimeOffset? NextChange { get; }

    /// <summary>Brings state that depends on time or rules up to date.</summary>
    void Refresh(PodRule rule, DateTimeOffset now);

    /// <summary>Asks it to end (SIGTERM).</summary>
    void Terminate();

    /// <summary>Ends it (SIGKILL).</summary>
    void Kill();

    /// <summary>Runs a command inside it; the exit code and the output.</summary>
    Task<(int ExitCode, string Output)> ExecuteAsync(IReadOnlyList<string> command, CancellationToken cancellationToken);
}
