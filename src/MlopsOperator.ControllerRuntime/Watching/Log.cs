using Microsoft.Extensions.Logging;

namespace MlopsOperator.ControllerRuntime.Watching;

internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Warning, "Watch of {Kind} failed; trying again in {Wait}")]
    public static partial void ReflectorFailed(ILogger logger, string kind, TimeSpan wait, Exception exception);

    [LoggerMessage(1002, LogLevel.Warning, "The API server refused to list or watch {Kind}: {Code} {Reason}; trying again in {Wait}")]
    public static partial void ReflectorRefused(ILogger logger, string kind, int code, string reason, TimeSpan wait, Exception exception);

    [LoggerMessage(1003, LogLevel.Debug, "The API server does not know {Kind}; looking again in {Wait}")]
    public static partial void KindIsMissing(ILogger logger, string kind, TimeSpan wait);

    [LoggerMessage(1004, LogLevel.Information, "Watch of {Kind} fell too far behind; listing again")]
    public static partial void WatchExpired(ILogger logger, string kind);

    [LoggerMessage(1005, LogLevel.Warning, "Watch of {Kind} gave no sign for {Seconds} s and 30 s more; opening a new one")]
    public static partial void SilentWatch(ILogger logger, string kind, int seconds);

    [LoggerMessage(1006, LogLevel.Warning, "The list of {Kind} held {Count} items that are no objects")]
    public static partial void UnreadableItems(ILogger logger, string kind, int count);

    [LoggerMessage(1009, LogLevel.Warning, "Watch of {Kind} had not shown {Count} changes; a list has put them right")]
    public static partial void Corrected(ILogger logger, string kind, int count);

    [LoggerMessage(1007, LogLevel.Warning, "{Kind} {Key} at resourceVersion {ResourceVersion} cannot be read: {Problem}; its last good state stays in use")]
    public static partial void Undecodable(ILogger logger, string kind, ObjectKey key, string? resourceVersion, string problem);

    [LoggerMessage(1008, LogLevel.Error, "The function {Name} threw; it counts as empty for this object")]
    public static partial void FunctionThrew(ILogger logger, string name, Exception exception);
}
