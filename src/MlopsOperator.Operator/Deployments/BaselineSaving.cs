using System.Collections.Concurrent;
using MlopsOperator.Api.Deployments;

namespace MlopsOperator.Operator.Deployments;

/// <summary>
/// When stable's history is worth a write: every 60 blocks or 30 s, whichever comes first, and only if there was traffic. What is lost in a crash is lost
/// without harm.
/// </summary>
internal sealed class BaselineSaving(TimeProvider time)
{
    /// <summary>Blocks after which a save is due.</summary>
    public const int BlocksBetweenSaves = 60;

    private static readonly TimeSpan TimeBetweenSaves = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _saved = new(StringComparer.Ordinal);

    /// <summary>How often a deployment at rest looks whether a save is due; every 60 scrape rounds another look is asked for.</summary>
    public static TimeSpan NextCheck => TimeBetweenSaves;

    /// <summary>The history to write: the current one when it is due, else the saved one.</summary>
    public BaselineEvidence? Due(ModelDeployment deployment, BaselineEvidence? current)
    {
        var saved = deployment.Status?.Baseline;
        if (current is null || !string.Equals(saved?.Revision, current.Revision, StringComparison.Ordinal))
        {
            return current;
        }

        var now = time.GetUtcNow();
        var last = _saved.GetOrAdd(deployment.Metadata.Uid, now);
        var due = (current.Blocks - saved!.Blocks >= BlocksBetweenSaves && current.Requests > saved.Requests) || (now - last >= TimeBetweenSaves && current.Requests > saved.Requests);
        if (!due)
        {
            return saved;
        }

        _saved[deployment.Metadata.Uid] = now;
        return current;
    }

    /// <summary>Forgets a deployment that is gone.</summary>
    public void Forget(ModelDeployment deployment) => _saved.TryRemove(deployment.Metadata.Uid, out _);
}
