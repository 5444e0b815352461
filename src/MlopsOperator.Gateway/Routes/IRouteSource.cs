namespace MlopsOperator.Gateway.Routes;

/// <summary>Where routes come from.</summary>
internal interface IRouteSource
{
    /// <summary>
    /// The first complete snapshot, then one after each change; changes that come close together share one.
    /// While the API is away nothing comes: the last set stays in effect.
    /// </summary>
    IAsyncEnumerable<RouteSnapshot> WatchAsync(CancellationToken cancellationToken);
}
