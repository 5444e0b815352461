using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Queueing;

/// <summary>Keys that are ready, given out by turns over their namespaces, so that many of one namespace do not hold up another's. Not safe for parallel use.</summary>
internal sealed class FairKeys
{
    private readonly Dictionary<string, Queue<ObjectKey>> _waiting = new(StringComparer.Ordinal);
    private readonly Queue<string> _turns = new();

    /// <summary>Keys that wait.</summary>
    public int Count { get; private set; }

    public void Enqueue(ObjectKey key)
    {
        var @namespace = key.Namespace ?? string.Empty;
        if (!_waiting.TryGetValue(@namespace, out var keys))
        {
            _waiting[@namespace] = keys = new Queue<ObjectKey>();
            _turns.Enqueue(@namespace);
        }

        keys.Enqueue(key);
        Count++;
    }

    public bool TryDequeue(out ObjectKey key)
    {
        if (!_turns.TryDequeue(out var @namespace))
        {
            key = default;
            return false;
        }

        var keys = _waiting[@namespace];
        key = keys.Dequeue();
        Count--;
        if (keys.Count == 0)
        {
            _waiting.Remove(@namespace);
        }
        else
        {
            _turns.Enqueue(@namespace);
        }

        return true;
    }
}
