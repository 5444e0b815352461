using Microsoft.Extensions.Logging;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Reconciling;

internal static partial class Log
{
    [LoggerMessage(1101, LogLevel.Error, "{Controller} failed for {Key}; again in {Delay}: {Problem}")]
    public static partial void ReconcileFailed(ILogger logger, string controller, ObjectKey key, TimeSpan delay, string problem, Exception exception);

    [LoggerMessage(1102, LogLevel.Debug, "{Controller} met a conflict at {Key}; again in {Delay}: {Problem}")]
    public static partial void Conflict(ILogger logger, string controller, ObjectKey key, TimeSpan delay, string problem);

    [LoggerMessage(1103, LogLevel.Warning, "{Controller} reads {Key} at the API server: the cache has not shown the last own write within {Wait}")]
    public static partial void StaleCache(ILogger logger, string controller, ObjectKey key, TimeSpan wait);

    [LoggerMessage(1105, LogLevel.Warning, "The condition that says whether {Kind} {Key} can be read could not be written; again in {Delay}")]
    public static partial void ConditionNotWritten(ILogger logger, string kind, ObjectKey key, TimeSpan delay, Exception exception);

    [LoggerMessage(1104, LogLevel.Error, "The predicate of {Controller} threw for {Key}; the change counts")]
    public static partial void PredicateThrew(ILogger logger, string controller, ObjectKey key, Exception exception);
}
