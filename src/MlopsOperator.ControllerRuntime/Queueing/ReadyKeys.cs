using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Queueing;

/// <summary>
/// Keys that are ready: those of fresh changes first, then those of a first list (controller-runtime's priority queue), each by turns over
/// their namespaces. One in eight comes from behind all the same, so that a storm of changes starves nothing. Not safe for parallel use.
/// </summary>
internal sealed class ReadyKeys
{
    private const int TurnOfThoseBehind = 8;

    private readonly FairKeys _fresh = new();
    private readonly FairKeys _behind = new();

    /// <summary>Which keys of <see cref="_behind"/> count: one that moved up stays there as a shadow.</summary>
    private readonly HashSet<ObjectKey> _stillBehind = [];
    private int _given;

    public int Count => _fresh.Count + _stillBehind.Count;

    public void Enqueue(ObjectKey key, bool isFresh)
    {
        if (isFresh)
        {
            _fresh.Enqueue(key);
        }
        else if (_stillBehind.Add(key))
        {
            _behind.Enqueue(key);
        }
    }

    /// <summary>A key that waits behind has changed afresh.</summary>
    public void MoveUp(ObjectKey key)
    {
        if (_stillBehind.Remove(key))
        {
            _fresh.Enqueue(key);
        }
    }

    public bool TryDequeue(out ObjectKey key)
    {
        _given = (_given + 1) % TurnOfThoseBehind;
        return _given == 0
            ? TryDequeueBehind(out key) || _fresh.TryDequeue(out key)
            : _fresh.TryDequeue(out key) || TryDequeueBehind(out key);
    }

    private bool TryDequeueBehind(out ObjectKey key)
    {
        while (_behind.TryDequeue(out key))
        {
            if (_stillBehind.Remove(key))
            {
                return true;
            }
        }

        return false;
    }
}
