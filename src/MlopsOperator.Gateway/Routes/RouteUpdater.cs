using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MlopsOperator.Gateway.Routes;

/// <summary>Puts each snapshot of the route source into effect.</summary>
internal sealed class RouteUpdater(IRouteSource source, RouteBoard board, ILogger<RouteUpdater> logger) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var snapshot in source.WatchAsync(stoppingToken))
            {
                Apply(snapshot);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops; until the last request is done the last set stays in effect.
        }
    }

#pragma warning disable CA1031 // Whatever a snapshot holds, the set before it serves on; an exception here would stop the gateway.
    private void Apply(RouteSnapshot snapshot)
    {
        try
        {
            var first = !board.IsLoaded;
            board.Apply(snapshot);
            if (first)
            {
                logger.RoutesInEffect(board.Table.Routes.Count);
            }
        }
        catch (Exception exception)
        {
            logger.SnapshotFailed(exception);
        }
    }
#pragma warning restore CA1031
}
