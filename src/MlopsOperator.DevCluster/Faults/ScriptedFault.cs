using MlopsOperator.DevCluster.Faults;

namespace MlopsOperator.DevCluster;

/// <summary>A fault that was set with <see cref="ClusterFaults.On"/>.</summary>
public sealed class ScriptedFault
{
    private readonly TaskCompletionSource happened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FaultTarget target;
    private readonly int skip;
    private readonly int times;
    private int seen;
    private bool lifted;

    internal ScriptedFault(FaultTarget target, int skip, int times, FaultEffect effect)
    {
        this.target = target;
        this.skip = skip;
        this.times = times;
        Effect = effect;
    }

    /// <summary>How often it has happened.</summary>
    public int Fired { get; private set; }

    /// <summary>Ends when it has happened for the first time.</summary>
    public Task Happened => happened.Task;

    internal FaultEffect Effect { get; }

    internal bool IsOptional { get; private set; }

    /// <summary>It can hit nothing any more, and nobody has to be told of it.</summary>
    internal bool IsDone => (lifted || Fired >= times) && (IsOptional || Fired > 0);

    /// <summary>The test does not fail when it never happens.</summary>
    public ScriptedFault MayNotHappen()
    {
        IsOptional = true;
        return this;
    }

    /// <summary>It happens no more; a watch that has it keeps it.</summary>
    public void Lift() => lifted = true;

    /// <summary>The fault as it was scripted, and how near it came.</summary>
    public override string ToString()
    {
        var skipped = skip > 0 ? FormattableString.Invariant($".Skip({skip})") : "";
        return FormattableString.Invariant($"{target}{skipped}.{Effect.Text}, of whose requests {seen} came");
    }

    /// <summary>Whether it hits this request. Under the lock of the gate.</summary>
    internal bool Hits(RequestFacts request)
    {
        if (lifted || Fired >= times || !target.Matches(request))
        {
            return false;
        }

        if (++seen <= skip)
        {
            return false;
        }

        Fired++;
        happened.TrySetResult();
        return true;
    }
}
