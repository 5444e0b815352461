namespace MlopsOperator.ControllerRuntime.Tests.Testing;

/// <summary>The clock of a process that can be paused: time goes on meanwhile, but no timer fires before it resumes.</summary>
internal sealed class PausableTime(TimeProvider inner) : TimeProvider
{
    private readonly Queue<Action> _kept = new();
    private bool _isPaused;

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(
            value =>
            {
                if (_isPaused)
                {
                    _kept.Enqueue(() => callback(value));
                }
                else
                {
                    callback(value);
                }
            },
            state,
            dueTime,
            period);

    public void Pause() => _isPaused = true;

    public void Resume()
    {
        _isPaused = false;
        while (_kept.TryDequeue(out var fire))
        {
            fire();
        }
    }
}
