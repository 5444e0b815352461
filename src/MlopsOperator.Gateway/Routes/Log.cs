using Microsoft.Extensions.Logging;

namespace MlopsOperator.Gateway.Routes;

internal static partial class Log
{
    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "GatewayRoute {Route} cannot be used and has no earlier version; its hosts answer 404 until it is mended: {Problems}")]
    public static partial void RouteRefused(this ILogger logger, string route, string problems);

    [LoggerMessage(EventId = 102, Level = LogLevel.Warning, Message = "GatewayRoute {Route} cannot be used; its version of sequence {Sequence} stays in effect until it is mended: {Problems}")]
    public static partial void RouteKept(this ILogger logger, string route, long sequence, string problems);

    [LoggerMessage(EventId = 103, Level = LogLevel.Warning, Message = "Host {Host} with path {Path} is claimed by {Loser} and by {Keeper}, which is older and keeps it")]
    public static partial void HostClaimedTwice(this ILogger logger, string host, string path, string loser, string keeper);

    [LoggerMessage(EventId = 104, Level = LogLevel.Information, Message = "Routes in effect: {Routes}")]
    public static partial void RoutesInEffect(this ILogger logger, int routes);

    [LoggerMessage(EventId = 105, Level = LogLevel.Error, Message = "A set of routes could not be put into effect; the one before stays")]
    public static partial void SnapshotFailed(this ILogger logger, Exception exception);
}
