using System.Collections.Concurrent;
using MlopsOperator.Api.Rollouts;

namespace MlopsOperator.Operator.Rollouts;

/// <summary>
/// What a rollout knows beyond its saved record: evidence that is not due to be saved yet, and results of golden requests. Lost in a crash without harm:
/// the saved record is older, never wrong.
/// </summary>
internal sealed class RolloutMemory
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>
    /// The rollout with its newest record: ours, when the cache shows what we last wrote or something older; the cache's, when it shows something newer.
    /// </summary>
    public ModelRollout Newest(ModelRollout cached)
    {
        if (!_entries.TryGetValue(cached.Metadata.Uid, out var entry) || IsNewer(cached.Metadata.ResourceVersion, entry.ResourceVersion))
        {
            return cached;
        }

        var newest = new ModelRollout { Metadata = cached.Metadata, Spec = cached.Spec, Status = entry.Record };
        newest.Metadata.ResourceVersion = entry.ResourceVersion;
        return newest;
    }

    /// <summary>Keeps a record that was saved, or that need not be saved yet.</summary>
    public void Keep(ModelRollout rollout, ModelRolloutStatus record) =>
        _entries.AddOrUpdate(
            rollout.Metadata.Uid,
            new Entry(rollout.Metadata.ResourceVersion, record, null),
            (_, before) => before with { ResourceVersion = rollout.Metadata.ResourceVersion, Record = record });

    /// <summary>Results of golden requests that have not been handed over yet; they are handed over once.</summary>
    public IReadOnlyList<TestResult>? TakeTests(ModelRollout rollout)
    {
        if (!_entries.TryGetValue(rollout.Metadata.Uid, out var entry) || entry.Tests is null)
        {
            return null;
        }

        _entries[rollout.Metadata.Uid] = entry with { Tests = null };
        return entry.Tests;
    }

    /// <summary>Keeps results of golden requests for the next decision.</summary>
    public void KeepTests(ModelRollout rollout, IReadOnlyList<TestResult> tests)
    {
        if (_entries.TryGetValue(rollout.Metadata.Uid, out var entry))
        {
            _entries[rollout.Metadata.Uid] = entry with { Tests = tests };
        }
    }

    /// <summary>Forgets what was decided on a record that has moved: the next decision reads it again.</summary>
    public void Forget(string uid) => _entries.TryRemove(uid, out _);

    private static bool IsNewer(string? one, string? other)
    {
        var (left, right) = (one ?? "", other ?? "");
        return left.Length != right.Length ? left.Length > right.Length : string.CompareOrdinal(left, right) > 0;
    }

    private sealed record Entry(string? ResourceVersion, ModelRolloutStatus Record, IReadOnlyList<TestResult>? Tests);
}
