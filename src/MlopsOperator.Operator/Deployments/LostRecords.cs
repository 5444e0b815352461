using System.Collections.Concurrent;
using MlopsOperator.Api.Deployments;

namespace MlopsOperator.Operator.Deployments;

/// <summary>Lost promotion records that an Event has told of: once for each loss, and once more after a start of the operator.</summary>
internal sealed class LostRecords
{
    private readonly ConcurrentDictionary<string, int> _told = new(StringComparer.Ordinal);

    /// <summary>Whether this loss has not been told yet. Null, for no loss, forgets what was told.</summary>
    public bool IsNews(ModelDeployment deployment, int? rollout)
    {
        if (rollout is not { } number)
        {
            _told.TryRemove(deployment.Metadata.Uid, out _);
            return false;
        }

        var isNews = !_told.TryGetValue(deployment.Metadata.Uid, out var told) || told != number;
        _told[deployment.Metadata.Uid] = number;
        return isNews;
    }
}
