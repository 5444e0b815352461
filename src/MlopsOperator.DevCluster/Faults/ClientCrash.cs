using MlopsOperator.DevCluster.Faults;

namespace MlopsOperator.DevCluster;

/// <summary>A crash that was set with <see cref="EmbeddedCluster.CrashAt"/>.</summary>
public sealed class ClientCrash
{
    private readonly TaskCompletionSource<string> happened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int write;
    private int seen;

    internal ClientCrash(int write, CrashPoint point, string? manager)
    {
        this.write = write;
        Point = point;
        Manager = manager;
    }

    /// <summary>When it has happened: the write at which it did, such as "PATCH /apis/… of operator".</summary>
    public Task<string> Happened => happened.Task;

    /// <summary>Whether it has happened.</summary>
    public bool HasHappened => happened.Task.IsCompleted;

    internal CrashPoint Point { get; }

    internal string? Manager { get; }

    internal bool IsOptional { get; private set; }

    /// <summary>The test does not fail when it never happens.</summary>
    public ClientCrash MayNotHappen()
    {
        IsOptional = true;
        return this;
    }

    /// <summary>The crash as it was scripted.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"CrashAt(write: {write}, {Point}{(Manager is null ? "" : $", \"{Manager}\"")}), of whose writes {seen} came");

    /// <summary>Counts a write; whether the client dies at it. Under the lock of the gate.</summary>
    internal bool Counts(RequestFacts request) =>
        seen < write && RequestFacts.IsClient(request.UserAgent, Manager) && ++seen == write;

    internal void Happen(RequestFacts request) => happened.TrySetResult(request.ToString());
}
