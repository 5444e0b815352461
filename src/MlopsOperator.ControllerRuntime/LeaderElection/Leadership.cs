using MlopsOperator.ControllerRuntime.Hosting;

namespace MlopsOperator.ControllerRuntime.LeaderElection;

/// <summary>
/// Whether this process may write. Ends by time alone, also while a renewal hangs or the process was paused; what has ended never comes back.
/// </summary>
internal sealed class Leadership : IDisposable
{
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost = new();
    private readonly ITimer _end;
    private long _until = long.MinValue;
    private long _leftBehindAt = long.MinValue;

    public Leadership(OperatorSettings settings, TimeProvider time)
    {
        _time = time;
        IsRequired = settings.LeaderElection is not null;
        Lost = _lost.Token;
        _end = time.CreateTimer(static self => ((Leadership)self!).End(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether only a leader may write.</summary>
    public bool IsRequired { get; }

    /// <summary>Whether the lease is held by this process's own clock.</summary>
    public bool Holds => !_lost.IsCancellationRequested && _time.GetTimestamp() < Volatile.Read(ref _until);

    /// <summary>Cancelled when what was held is over.</summary>
    public CancellationToken Lost { get; }

    /// <summary>The lease was got or renewed by a request sent at a timestamp; it holds for a span from there. False when it was over already.</summary>
    public bool Extend(long sent, TimeSpan span)
    {
        var left = span - _time.GetElapsedTime(sent);
        var isFirst = Volatile.Read(ref _until) == long.MinValue;
        if (_lost.IsCancellationRequested || left <= TimeSpan.Zero || (!isFirst && !Holds))
        {
            return false;
        }

        Volatile.Write(ref _until, sent + (long)(span.TotalSeconds * _time.TimestampFrequency));
        _end.Change(left, Timeout.InfiniteTimeSpan);
        return true;
    }

    /// <summary>A write got no answer, and may yet be done.</summary>
    public void LeavesWriteBehind() => Volatile.Write(ref _leftBehindAt, _time.GetTimestamp());

    /// <summary>How long until what was left behind less than <paramref name="grace"/> ago is done or will not be.</summary>
    public TimeSpan UntilSettled(TimeSpan grace)
    {
        var at = Volatile.Read(ref _leftBehindAt);
        var left = at == long.MinValue ? TimeSpan.Zero : grace - _time.GetElapsedTime(at);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Ends it for good.</summary>
    public void End()
    {
        try
        {
#pragma warning disable MA0045 // CancelAsync would leave the caller's context.
            _lost.Cancel();
#pragma warning restore MA0045
        }
        catch (ObjectDisposedException)
        {
            // The timer's last call met the end of the process.
        }
    }

    public void Dispose()
    {
        _end.Dispose();
        _lost.Dispose();
    }
}
