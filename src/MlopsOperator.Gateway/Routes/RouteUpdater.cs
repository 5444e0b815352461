using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MlopsOperator.Gateway.Routes;

/// <summary>Puts each snapshot of the route source into effect.</summary>
internal sealed class RouteUpdater(IRouteSource source, RouteBoard board, ILogger<RouteUpdater> logger) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var first = true;
        await foreach (var snapshot in source.WatchAsync(stoppingToken))
        {
            board.Apply(snapshot);
            if (first)
            {
                first = false;
                logger.RoutesInEffect(board.Table.Routes.Count);
            }
        }
    }
}
