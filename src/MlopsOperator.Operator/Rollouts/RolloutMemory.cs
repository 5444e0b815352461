using System.Collections.Concurrent;
using System.Text.Json;
using MlopsOperator.Api.Json;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.Operator.Caching;
using MlopsOperator.Operator.Revisions;
using MlopsOperator.Rollouts.Inputs;

namespace MlopsOperator.Operator.Rollouts;

/// <summary>
/// What rollouts know beyond their saved records: evidence that is not due to be saved yet, and results of golden requests. Lost in a crash without harm:
/// the saved record is older, never wrong.
/// </summary>
internal sealed class RolloutMemory
{
    private const int MostPendingRounds = 1_000;

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<EvidenceRound>> _pending = new(StringComparer.Ordinal);

    /// <summary>
    /// The rollout with its newest record. Ours, as long as the cache shows the status that we last saved or something older, whoever has touched labels,
    /// annotations or the spec meanwhile; else the cache's: a write of ours that landed though its answer was lost, or another operator's.
    /// </summary>
    public ModelRollout Newest(ModelRollout cached)
    {
        if (!_entries.TryGetValue(cached.Metadata.Uid, out var entry))
        {
            return cached;
        }

        var newest = new ModelRollout { Metadata = cached.Metadata, Spec = cached.Spec, Status = entry.Record };
        if (ResourceVersions.Compare(cached.Metadata.ResourceVersion, entry.ResourceVersion) <= 0)
        {
            newest.Metadata.ResourceVersion = entry.ResourceVersion;
            return newest;
        }

        return string.Equals(Fingerprint(cached.Status), entry.Saved, StringComparison.Ordinal) ? newest : cached;
    }

    /// <summary>Keeps a record that was saved: <paramref name="saved"/> is the object as the API server answered it.</summary>
    public void KeepSaved(ModelRollout saved, ModelRolloutStatus record) =>
        _entries[saved.Metadata.Uid] = new Entry(Deployment(saved), saved.Metadata.ResourceVersion, record, Fingerprint(saved.Status), Tests(saved));

    /// <summary>Keeps a record that need not be saved yet.</summary>
    public void Keep(ModelRollout rollout, ModelRolloutStatus record)
    {
        var saved = _entries.TryGetValue(rollout.Metadata.Uid, out var before) ? before.Saved : Fingerprint(rollout.Status);
        _entries[rollout.Metadata.Uid] = new Entry(Deployment(rollout), rollout.Metadata.ResourceVersion, record, saved, before?.Tests);
    }

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

    /// <summary>
    /// Evidence for the next decision: what came since the last one, after what a decision that could not be saved has looked at in vain. The judges count
    /// no round twice.
    /// </summary>
    public IReadOnlyList<EvidenceRound> Offer(string deploymentUid, IReadOnlyList<EvidenceRound> fresh) =>
        _pending.AddOrUpdate(deploymentUid, fresh, (_, pending) => [.. pending.Concat(fresh).TakeLast(MostPendingRounds)]);

    /// <summary>The decision on what was offered stands.</summary>
    public void Settle(string deploymentUid) => _pending.TryRemove(deploymentUid, out _);

    /// <summary>Forgets what belongs to rollouts of a deployment (<c>namespace/name</c>) that are no more.</summary>
    public void Retain(string deployment, IReadOnlyList<ModelRollout> rollouts)
    {
        var present = rollouts.Select(rollout => rollout.Metadata.Uid).ToHashSet(StringComparer.Ordinal);
        foreach (var (uid, _) in _entries.Where(entry => string.Equals(entry.Value.Deployment, deployment, StringComparison.Ordinal) && !present.Contains(entry.Key)))
        {
            _entries.TryRemove(uid, out _);
        }
    }

    private static string Deployment(ModelRollout rollout) => CacheIndexes.Key(rollout.Metadata.NamespaceProperty, rollout.Spec.Deployment);

    private IReadOnlyList<TestResult>? Tests(ModelRollout rollout) => _entries.TryGetValue(rollout.Metadata.Uid, out var entry) ? entry.Tests : null;

    private static string Fingerprint(ModelRolloutStatus? status) => NameHash.Of(JsonSerializer.SerializeToNode(status, ApiJson.Options), 24);

    private sealed record Entry(string Deployment, string? ResourceVersion, ModelRolloutStatus Record, string Saved, IReadOnlyList<TestResult>? Tests);
}
