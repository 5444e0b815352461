using System.Runtime.CompilerServices;
using System.Threading.Channels;
using k8s.Models;
using MlopsOperator.Api.Routes;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.Gateway.Routes;

namespace MlopsOperator.Gateway.Watching;

/// <summary>Routes and slices from the API server's watches.</summary>
internal sealed class ClusterRouteSource(IObjectCache<GatewayRoute> routes, IObjectCache<V1EndpointSlice> slices, TimeProvider time) : IRouteSource
{
    /// <summary>How often the first lists are looked for.</summary>
    private static readonly TimeSpan SyncInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>One signal stands for all changes that nobody has looked at yet.</summary>
    private readonly Channel<bool> signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something has changed.</summary>
    public void Signal() => signals.Writer.TryWrite(true);

    /// <inheritdoc />
    public async IAsyncEnumerable<RouteSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A set of routes without their endpoints would answer 503 where it should wait.
        while (!routes.HasSynced || !slices.HasSynced)
        {
            await Task.Delay(SyncInterval, time, cancellationToken);
        }

        yield return new RouteSnapshot(routes.List(), slices.List());
        while (await signals.Reader.WaitToReadAsync(cancellationToken))
        {
            // Taken before the lists are read: a change in between signals again.
            signals.Reader.TryRead(out _);
            yield return new RouteSnapshot(routes.List(), slices.List());
        }
    }
}
