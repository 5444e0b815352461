namespace MlopsOperator.ModelServer.Endpoints;

internal static partial class Log
{
    [LoggerMessage(200, LogLevel.Warning, "A request failed: {Reason} ({Others} others since the last such line)")]
    public static partial void RequestFailed(this ILogger logger, string reason, long others);
}
