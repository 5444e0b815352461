using Microsoft.Extensions.Time.Testing;

namespace MlopsOperator.ControllerRuntime.Tests.Testing;

/// <summary>Time whose wall clock can be set without time passing, as an administrator or a time server does.</summary>
internal sealed class SettableTimeProvider : TimeProvider
{
    private readonly FakeTimeProvider _passing = new();

    public TimeSpan WallClockAhead { get; set; }

    public override long TimestampFrequency => _passing.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _passing.GetUtcNow() + WallClockAhead;

    public override long GetTimestamp() => _passing.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _passing.CreateTimer(callback, state, dueTime, period);

    public void Advance(TimeSpan time) => _passing.Advance(time);
}
