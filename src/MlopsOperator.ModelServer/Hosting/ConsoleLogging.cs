using Microsoft.Extensions.Logging.Console;

namespace MlopsOperator.ModelServer.Hosting;

/// <summary>Log lines for containers: one line each, UTC, no colours.</summary>
internal static class ConsoleLogging
{
    /// <summary>Adds the console.</summary>
    /// <param name="logging">Where to.</param>
    public static void Add(ILoggingBuilder logging) => logging.AddSimpleConsole(console =>
    {
        console.SingleLine = true;
        console.UseUtcTimestamp = true;
        console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        console.ColorBehavior = LoggerColorBehavior.Disabled;
    });
}
