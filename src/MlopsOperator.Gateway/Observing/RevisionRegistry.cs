using System.Collections.Frozen;
using MlopsOperator.Gateway.Mirroring;

namespace MlopsOperator.Gateway.Observing;

/// <summary>Counters of all revisions that a route names, or named less than ten minutes ago. Written by one caller at a time, read by any.</summary>
internal sealed class RevisionRegistry(TimeProvider time)
{
    private readonly Dictionary<(string Route, string Revision), (RevisionCells Cells, long? UnnamedSince)> all = [];
    private volatile FrozenDictionary<string, RevisionCells[]> byRoute = FrozenDictionary<string, RevisionCells[]>.Empty;

    /// <summary>Bounds of all copies together.</summary>
    public CopyBudget Copies { get; } = new(Limits.Copies, Limits.CopyBytes);

    /// <summary>Counters by route, each sorted by revision.</summary>
    public FrozenDictionary<string, RevisionCells[]> ByRoute => byRoute;

    /// <summary>Makes counters for what is named and drops those that have been named by nothing for <see cref="Limits.UnnamedRevision"/>.</summary>
    public void Retain(IReadOnlyCollection<(string Route, string Revision)> named)
    {
        var names = named.ToHashSet();
        foreach (var (key, (cells, since)) in all.ToList())
        {
            if (names.Contains(key))
            {
                all[key] = (cells, null);
            }
            else if (since is null)
            {
                all[key] = (cells, time.GetTimestamp());
            }
            else if (time.GetElapsedTime(since.Value) >= Limits.UnnamedRevision && !cells.IsBusy)
            {
                all.Remove(key);
            }
        }

        foreach (var name in names)
        {
            all.TryAdd(name, (new RevisionCells(name.Route, name.Revision), null));
        }

        byRoute = all.Values.Select(entry => entry.Cells)
            .GroupBy(cells => cells.Route, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.OrderBy(cells => cells.Revision, StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>Has pairs that disagree kept of these revisions, and forgets those of all others.</summary>
    public void Sample(IReadOnlyCollection<(string Route, string Revision)> wanted)
    {
        foreach (var (key, (cells, _)) in all)
        {
            if (cells.Mirror is { } mirror)
            {
                mirror.Samples.AreWanted = wanted.Contains(key);
            }
        }
    }

    /// <summary>Counters of a revision that the last <see cref="Retain"/> named.</summary>
    public RevisionCells Get(string route, string revision) => all[(route, revision)].Cells;
}
