namespace MlopsOperator.Gateway.Mirroring;

/// <summary>The latest pairs that disagree, in memory, while the route asks for them.</summary>
internal sealed class PairSamples
{
    private readonly Lock gate = new();
    private readonly Queue<SampledPair> latest = new();
    private bool wanted;

    /// <summary>Whether they are kept. Where not, those that were kept are gone.</summary>
    public bool AreWanted
    {
        get => Volatile.Read(ref wanted);
        set
        {
            lock (gate)
            {
                wanted = value;
                if (!value)
                {
                    latest.Clear();
                }
            }
        }
    }

    /// <summary>Keeps a pair; the oldest goes.</summary>
    public void Add(SampledPair pair)
    {
        lock (gate)
        {
            if (!wanted)
            {
                return;
            }

            if (latest.Count == Limits.SampledPairs)
            {
                latest.Dequeue();
            }

            latest.Enqueue(pair);
        }
    }

    /// <summary>Those that are kept, the oldest first.</summary>
    public IReadOnlyList<SampledPair> Copy()
    {
        lock (gate)
        {
            return [.. latest];
        }
    }
}
