using Microsoft.Extensions.Logging;

namespace MlopsOperator.DevCluster.Controllers;

internal static partial class Log
{
    [LoggerMessage(EventId = 3101, Level = LogLevel.Warning, Message = "{Controller} could not reconcile {Key}; it tries again in {Pause}")]
    public static partial void ReconcileFailed(ILogger logger, string controller, string key, TimeSpan pause, Exception exception);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Warning, Message = "{Controller} lost its watch of {Resource}; it opens another one")]
    public static partial void WatchFailed(ILogger logger, string controller, string resource, Exception exception);
}
