using MlopsOperator.Statistics.Evidence;
using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Operator.Evidence.Blocks;

/// <summary>Collects the rows of one route from one scrape.</summary>
internal sealed class RouteSampleBuilder
{
    private readonly Dictionary<CounterKey, double> _counters = [];
    private readonly Dictionary<string, double> _inFlight = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double?[]> _cumulative = new(StringComparer.Ordinal);
    private double? _sequence;
    private double _lapse;
    private string? _problem;

    public void Sequence(double value)
    {
        Problem(_sequence is null ? null : DropReasons.InvalidCounter);
        _sequence = value;
    }

    public void Lapse(double seconds) => _lapse = seconds;

    public void InFlight(string revision, double value)
    {
        if (double.IsFinite(value) && value > 0)
        {
            _inFlight[revision] = _inFlight.GetValueOrDefault(revision) + value;
        }
    }

    public void Requests(string revision, string code, double value)
    {
        Problem(Outcome.IsKnown(code) ? null : DropReasons.UnknownOutcome);
        Problem(_counters.TryAdd(CounterKey.OfOutcome(revision, code), value) ? null : DropReasons.InvalidCounter);
    }

    /// <summary>Adds a bucket of the histogram: requests at or below an edge; edges that are not ours make the revision's durations unknown.</summary>
    public void AtOrBelow(string revision, double edge, double value)
    {
        var bucket = double.IsPositiveInfinity(edge) ? LatencyHistogram.EdgeCount : LatencyHistogram.Index(edge);
        if (bucket < 0 || (bucket < LatencyHistogram.EdgeCount && LatencyHistogram.Edges[bucket] != edge))
        {
            return;
        }

        if (!_cumulative.TryGetValue(revision, out var counts))
        {
            _cumulative[revision] = counts = new double?[LatencyHistogram.BucketCount];
        }

        Problem(counts[bucket] is null ? null : DropReasons.InvalidCounter);
        counts[bucket] = value;
    }

    public RouteSample Build(string startId, DateTimeOffset began, DateTimeOffset ended)
    {
        foreach (var (revision, counts) in _cumulative)
        {
            AddBuckets(revision, counts);
        }

        return new()
        {
            Began = began,
            Ended = ended,
            StartId = startId,
            Sequence = _sequence is >= 0 and <= Counts.Largest and var sequence && sequence == Math.Floor(sequence) ? (long)sequence : null,
            Counters = _counters,
            InFlight = _inFlight,
            Lapse = _lapse > 0 ? TimeSpan.FromSeconds(Math.Min(_lapse, EvidenceLimits.LongestLapse.TotalSeconds)) : TimeSpan.Zero,
            Problem = _problem ?? (_counters.Values.All(value => double.IsFinite(value) && value >= 0) ? null : DropReasons.InvalidCounter),
        };
    }

    private void AddBuckets(string revision, double?[] cumulative)
    {
        if (cumulative.Contains(null))
        {
            return;
        }

        var below = 0.0;
        for (var bucket = 0; bucket < cumulative.Length; bucket++)
        {
            var upTo = cumulative[bucket]!.Value;
            _counters[CounterKey.OfBucket(revision, bucket)] = upTo - below;
            below = upTo;
        }
    }

    // The first problem is the one to name.
    private void Problem(string? problem) => _problem ??= problem;
}
