using Microsoft.Extensions.Logging;

namespace MlopsOperator.ControllerRuntime.Events;

internal static partial class Log
{
    [LoggerMessage(1201, LogLevel.Debug, "Event {Reason} was dropped: {Cause}")]
    public static partial void EventDropped(ILogger logger, string reason, string cause);

    [LoggerMessage(1202, LogLevel.Warning, "Event {Reason} was refused ({Code}): {Problem}")]
    public static partial void EventRefused(ILogger logger, string reason, int code, string problem);

    [LoggerMessage(1203, LogLevel.Error, "Event {Reason} could not be written")]
    public static partial void EventFailed(ILogger logger, string reason, Exception exception);
}
