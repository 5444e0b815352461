using Microsoft.Extensions.Logging;

namespace MlopsOperator.Gateway.Mirroring;

internal static partial class Log
{
    [LoggerMessage(EventId = 301, Level = LogLevel.Warning, Message = "A copy of a request of route {Route} could not be sent or compared")]
    public static partial void CopyFailed(this ILogger logger, string route, Exception exception);
}
