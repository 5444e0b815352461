using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Operator.Evidence.Blocks;

/// <summary>Makes the block between two scrapes of one gateway, or says why there is none. The later scrape is the baseline of the next block either way.</summary>
internal static class BlockBuilder
{
    /// <summary>The block, or one of <see cref="DropReasons"/>.</summary>
    /// <param name="previous">The gateway's last good scrape of the route; null when there was none. A missed scrape makes one longer block.</param>
    /// <param name="current">Its scrape of now.</param>
    public static (GatewayBlock? Block, string? Reason) Build(RouteSample? previous, RouteSample current)
    {
        if (current.Problem is not null)
        {
            return (null, current.Problem);
        }

        if (previous is null)
        {
            return (null, DropReasons.FirstScrape);
        }

        if (previous.Problem is not null || !string.Equals(previous.StartId, current.StartId, StringComparison.Ordinal))
        {
            return (null, DropReasons.Reset);
        }

        if (previous.Sequence is not { } sequence || current.Sequence is null)
        {
            return (null, DropReasons.NoSequence);
        }

        if (current.Sequence != sequence)
        {
            return (null, DropReasons.SequenceChanged);
        }

        var (deltas, reason) = CounterDeltas.Between(previous.Counters, current.Counters, previous.StartId, current.StartId);
        return deltas is null ? (null, reason) : (new(previous.Began, current.Ended, sequence, Arms(deltas)), null);
    }

    private static Dictionary<string, ArmBlock> Arms(IReadOnlyDictionary<CounterKey, double> deltas)
    {
        var arms = new Dictionary<string, Arm>(StringComparer.Ordinal);
        foreach (var (key, delta) in deltas)
        {
            if (!arms.TryGetValue(key.Revision, out var arm))
            {
                arms[key.Revision] = arm = new();
            }

            arm.Add(key, delta);
        }

        return arms.ToDictionary(arm => arm.Key, arm => arm.Value.ToBlock(), StringComparer.Ordinal);
    }

    private sealed class Arm
    {
        private double _requests;
        private double _errors;
        private double[]? _durations;

        public void Add(CounterKey key, double delta)
        {
            if (key.Bucket >= 0)
            {
                (_durations ??= new double[LatencyHistogram.BucketCount])[key.Bucket] += delta;
                return;
            }

            _requests += Outcome.IsRequest(key.Code) ? delta : 0;
            _errors += Outcome.IsError(key.Code) ? delta : 0;
        }

        public ArmBlock ToBlock() => new() { Requests = _requests, Errors = _errors, Durations = _durations ?? [] };
    }
}
