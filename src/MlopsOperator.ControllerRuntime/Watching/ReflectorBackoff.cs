using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>0.8 s, doubled with each failure, with up to as much again as jitter, 30 s at most; back to the start after two minutes without failure (client-go's reflector).</summary>
internal sealed class ReflectorBackoff(TimeProvider time, IRandomSource random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.8);
    private static readonly TimeSpan Cap = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Reset = TimeSpan.FromMinutes(2);

    private int _failures;
    private long _last;

    /// <summary>Whether nothing has failed lately.</summary>
    public bool IsFresh => _failures == 0 || time.GetElapsedTime(_last) >= Reset;

    public TimeSpan Next()
    {
        _failures = IsFresh ? 1 : _failures + 1;
        _last = time.GetTimestamp();
        var delay = First.TotalSeconds * Math.Pow(2, Math.Min(_failures - 1, 10));
        delay = Math.Min(delay, Cap.TotalSeconds) * (1 + random.NextDouble());
        return TimeSpan.FromSeconds(Math.Min(delay, Cap.TotalSeconds));
    }
}
