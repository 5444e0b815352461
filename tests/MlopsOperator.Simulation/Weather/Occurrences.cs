namespace MlopsOperator.Simulation.Weather;

/// <summary>How often each kind of weather happened.</summary>
internal sealed class Occurrences
{
    /// <summary>Every kind there is: one that never happens in many seeds is no weather.</summary>
    public static readonly IReadOnlyList<string> Kinds =
    [
        "409", "429", "500", "503", "504", "dropped", "answer lost", "delayed",
        "watch gone", "watch silent", "watch ended", "watch lags", "compaction",
        "crash", "pause", "lease cut off", "lease lost", "handover", "leader change",
        "pod lost", "pod flaps", "gateway restarted", "clock jumps",
        "user wants a version", "user pauses", "user scales", "user edits the strategy", "user deletes the route", "user deletes the deployment", "user creates the deployment",
    ];

    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>By kind.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <exception cref="ArgumentException">It is not in the list.</exception>
    public void Add(string kind)
    {
        if (!Kinds.Contains(kind, StringComparer.Ordinal))
        {
            throw new ArgumentException($"\"{kind}\" is not among the kinds of weather", nameof(kind));
        }

        _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
    }

    /// <summary>Of many seeds.</summary>
    public static IReadOnlyDictionary<string, int> Sum(IEnumerable<IReadOnlyDictionary<string, int>> seeds)
    {
        var all = seeds.ToList();
        return Kinds.ToDictionary(kind => kind, kind => all.Sum(seed => seed.GetValueOrDefault(kind)), StringComparer.Ordinal);
    }
}
