using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Events;

/// <summary>One Event and its repetitions. The recorder locks.</summary>
internal sealed class EventSeries(EventContent content, Eventsv1Event first)
{
    private int _written;
    private long _writtenAt;

    public EventContent Content => content;

    public int Count { get; private set; } = 1;

    public DateTimeOffset LastSeen { get; private set; } = new(first.EventTime!.Value, TimeSpan.Zero);

    /// <summary>Whether it waits to be written already.</summary>
    public bool IsQueued { get; set; }

    public void Repeat(DateTimeOffset now)
    {
        Count++;
        LastSeen = now;
    }

    /// <summary>The second one is written at once, later ones once a minute.</summary>
    public bool WantsWriting(TimeProvider time) =>
        _written < 2 || time.GetElapsedTime(_writtenAt) >= Limits.EventSeriesRefresh;

    /// <summary>What is to be written now.</summary>
    public EventWrite TakeWrite(TimeProvider time)
    {
        IsQueued = false;
        var isNew = _written == 0;
        _written = Count;
        _writtenAt = time.GetTimestamp();
        var series = Count == 1 ? null : new Eventsv1EventSeries { Count = Count, LastObservedTime = LastSeen.UtcDateTime };
        first.Series = series;
        return new EventWrite(first, isNew);
    }
}
