namespace MlopsOperator.Operator.Hosting;

/// <summary>
/// The wall clock as it was when the process began, and what has passed since by the monotonic clock. A wall clock that is set while the process lives
/// shortens no wait and no analysis, and prolongs none. Between two processes the clocks' difference remains: nobody can tell it from time that passed.
/// </summary>
internal sealed class SteadyTime(TimeProvider time) : TimeProvider
{
    private readonly DateTimeOffset _start = time.GetUtcNow();
    private readonly long _began = time.GetTimestamp();

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _start + time.GetElapsedTime(_began);

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
}
