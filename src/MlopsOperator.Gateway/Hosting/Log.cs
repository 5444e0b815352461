using Microsoft.Extensions.Logging;

namespace MlopsOperator.Gateway.Hosting;

internal static partial class Log
{
    [LoggerMessage(EventId = 201, Level = LogLevel.Information, Message = "Draining: requests are taken for {Delay} more, those in flight then have {Timeout}")]
    public static partial void Draining(this ILogger logger, TimeSpan delay, TimeSpan timeout);

    [LoggerMessage(EventId = 202, Level = LogLevel.Information, Message = "Listening: requests on {Requests}, telemetry on {Telemetry}")]
    public static partial void Listening(this ILogger logger, string requests, string telemetry);
}
