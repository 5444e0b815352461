using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Queueing;

/// <summary>Keys with a time each, on a clock that never goes back; of two times for one key the earlier wins. Not safe for parallel use: the queue locks.</summary>
internal sealed class DelayedKeys
{
    private readonly Dictionary<ObjectKey, TimeSpan> _due = [];
    private readonly SortedSet<(TimeSpan Due, ObjectKey Key)> _order = [];

    public int Count => _due.Count;

    public TimeSpan? Earliest => _order.Count == 0 ? null : _order.Min.Due;

    public void Add(ObjectKey key, TimeSpan due)
    {
        if (_due.TryGetValue(key, out var known))
        {
            if (known <= due)
            {
                return;
            }

            _order.Remove((known, key));
        }

        _due[key] = due;
        _order.Add((due, key));
    }

    public IReadOnlyList<ObjectKey> TakeDue(TimeSpan now)
    {
        var taken = new List<ObjectKey>();
        while (_order.Count > 0 && _order.Min.Due <= now)
        {
            var first = _order.Min;
            _order.Remove(first);
            _due.Remove(first.Key);
            taken.Add(first.Key);
        }

        return taken;
    }
}
