namespace MlopsOperator.ModelServer.Hosting;

internal static partial class Log
{
    [LoggerMessage(300, LogLevel.Information, "Told to stop: not ready any more, answering for another {Seconds} s")]
    public static partial void Draining(this ILogger logger, double seconds);

    [LoggerMessage(301, LogLevel.Information, "Listening on {Address}; loading {Path}")]
    public static partial void Listening(this ILogger logger, string address, string path);

    [LoggerMessage(302, LogLevel.Error, "A request ended in an error of the server itself")]
    public static partial void UnforeseenError(this ILogger logger, Exception exception);
}
