using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MlopsOperator.Gateway.Observing;
using MlopsOperator.Gateway.Routes;
using MlopsOperator.Gateway.Tests.Fixtures;
using Prometheus;

namespace MlopsOperator.Gateway.Tests.Routes;

public sealed class RouteUpdaterTests
{
    [Fact]
    public async Task A_source_that_fails_is_followed_again_and_the_last_set_stays_meanwhile()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
        var board = new RouteBoard(new RevisionRegistry(time), new GatewayCounters(Metrics.NewCustomRegistry()), time, NullLogger<RouteBoard>.Instance);
        var source = new FailingSource();
        using var updater = new RouteUpdater(source, board, time, NullLogger<RouteUpdater>.Instance);

        await updater.StartAsync(cancellation);
        await Eventually.Holds(() => source.Failures == 1, "the source has failed", cancellation);
        board.Table.Find("one.test", "/").Should().NotBeNull();

        await Eventually.Holds(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return board.Table.Find("two.test", "/") is not null;
            },
            "the second set is in effect",
            cancellation);
        await updater.StopAsync(cancellation);
    }

    private sealed class FailingSource : IRouteSource
    {
        public int Failures { get; private set; }

        public async IAsyncEnumerable<RouteSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (Failures == 0)
            {
                yield return new RouteSnapshot([Manifests.Route("delays", Manifests.Spec("one.test"))], []);
                Failures++;
                throw new InvalidOperationException("a fault");
            }

            yield return new RouteSnapshot([Manifests.Route("delays", Manifests.Spec("two.test", sequence: 2))], []);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
    }
}
