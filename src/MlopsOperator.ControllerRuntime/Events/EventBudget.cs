namespace MlopsOperator.ControllerRuntime.Events;

/// <summary>A bucket for each object: 25 Events at first, one more each 300 s (client-go's spam filter). Not safe for parallel use.</summary>
internal sealed class EventBudget(TimeProvider time)
{
    private readonly Dictionary<string, (double Tokens, long At)> _buckets = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public bool TryTake(string subject)
    {
        var now = time.GetTimestamp();
        var tokens = (double)Limits.EventBurst;
        if (_buckets.TryGetValue(subject, out var bucket))
        {
            tokens = Math.Min(tokens, bucket.Tokens + (time.GetElapsedTime(bucket.At, now) / Limits.EventRefill));
        }
        else
        {
            Evict(subject);
        }

        var granted = tokens >= 1;
        _buckets[subject] = (granted ? tokens - 1 : tokens, now);
        return granted;
    }

    private void Evict(string added)
    {
        _order.Enqueue(added);
        if (_order.Count > Limits.RememberedEventObjects)
        {
            _buckets.Remove(_order.Dequeue());
        }
    }
}
