using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MlopsOperator.Gateway.Routes;

/// <summary>Puts each snapshot of the route source into effect, whatever a snapshot or the source does: the set before serves on.</summary>
internal sealed class RouteUpdater(IRouteSource source, RouteBoard board, TimeProvider time, ILogger<RouteUpdater> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await FollowAsync(stoppingToken);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops; until the last request is done the last set stays in effect.
        }
    }

#pragma warning disable CA1031 // An exception here would leave the gateway with one set of routes for ever.
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var snapshot in source.WatchAsync(cancellationToken))
            {
                var first = !board.IsLoaded;
                board.Apply(snapshot);
                if (first)
                {
                    logger.RoutesInEffect(board.Table.Routes.Count);
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.SnapshotFailed(exception);
        }
    }
#pragma warning restore CA1031
}
