using System.Threading.Channels;
using MlopsOperator.Gateway.Routes;

namespace MlopsOperator.Gateway.Tests.Fixtures;

/// <summary>A route source that gives what a test says, when it says so.</summary>
internal sealed class ScriptedRouteSource : IRouteSource
{
    private readonly Channel<RouteSnapshot> snapshots = Channel.CreateUnbounded<RouteSnapshot>();

    public void Publish(RouteSnapshot snapshot) => snapshots.Writer.TryWrite(snapshot).Should().BeTrue();

    public IAsyncEnumerable<RouteSnapshot> WatchAsync(CancellationToken cancellationToken) => snapshots.Reader.ReadAllAsync(cancellationToken);
}
