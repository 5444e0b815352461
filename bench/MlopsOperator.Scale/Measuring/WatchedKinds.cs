using MlopsOperator.Scale.Cluster;

namespace MlopsOperator.Scale.Measuring;

/// <summary>Watches of every kind that the operator writes, and of the pods' node.</summary>
internal sealed class WatchedKinds : IAsyncDisposable
{
    private readonly SimulatedNode _node;
    private readonly IReadOnlyList<Collection> _all;

    private WatchedKinds(SimulatedNode node, IReadOnlyList<Collection> all)
    {
        (_node, _all) = (node, all);
        (Deployments, Rollouts) = (Of("modeldeployments"), Of("modelrollouts"));
    }

    public Collection Deployments { get; }

    public Collection Rollouts { get; }

    /// <summary>Changes of all kinds so far.</summary>
    public long Changes => _all.Sum(kind => kind.Changes);

    /// <summary>What broke a watch, if anything did.</summary>
    public Exception? Failure => _node.Failure ?? _all.Select(kind => kind.Failure).FirstOrDefault(failure => failure is not null);

    public static async Task<WatchedKinds> FollowAsync(ScaleApi api, SimulatedNode node, TimeProvider time, CancellationToken cancellationToken)
    {
        var all = new List<Collection>();
        foreach (var path in new[]
        {
            Installation.All("modeldeployments"), Installation.All("modelrollouts"), Installation.All("gatewayroutes"), Installation.All("modelversions"),
            "/apis/apps/v1/deployments", "/apis/apps/v1/controllerrevisions", "/api/v1/services", "/apis/events.k8s.io/v1/events",
        })
        {
            all.Add(await Collection.FollowAsync(api, path, time, cancellationToken));
        }

        return new WatchedKinds(node, all);
    }

    public IReadOnlyDictionary<string, long> ByKind() => _all.ToDictionary(kind => kind.Name, kind => kind.Changes, StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        foreach (var kind in _all)
        {
            await kind.DisposeAsync();
        }
    }

    private Collection Of(string name) => _all.Single(kind => string.Equals(kind.Name, name, StringComparison.Ordinal));
}
