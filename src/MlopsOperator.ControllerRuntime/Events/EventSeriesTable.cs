using k8s;
using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Events;

/// <summary>The series that have not fallen silent. Not safe for parallel use: the recorder locks.</summary>
internal sealed class EventSeriesTable(EventFactory factory, TimeProvider time)
{
    private readonly Dictionary<EventContent, EventSeries> _series = [];
    private readonly Queue<EventContent> _order = new();

    /// <summary>Counts a repetition; null if this is none.</summary>
    public EventSeries? Repeat(EventContent content)
    {
        if (!_series.TryGetValue(content, out var series) || time.GetUtcNow() - series.LastSeen >= Limits.EventSeriesSilence)
        {
            return null;
        }

        series.Repeat(time.GetUtcNow());
        return series;
    }

    public EventSeries Begin(EventContent content, IKubernetesObject<V1ObjectMeta> regarding)
    {
        var series = new EventSeries(content, factory.Create(content, regarding, time.GetUtcNow()));
        if (!_series.ContainsKey(content))
        {
            _order.Enqueue(content);
        }

        _series[content] = series;
        while (_order.Count > Limits.RememberedEventObjects)
        {
            _series.Remove(_order.Dequeue());
        }

        return series;
    }
}
