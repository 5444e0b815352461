using Microsoft.Extensions.Logging;

namespace MlopsOperator.ControllerRuntime.LeaderElection;

internal static partial class Log
{
    [LoggerMessage(1401, LogLevel.Information, "{Identity} waits for {Lease}")]
    public static partial void Standby(ILogger logger, string identity, string lease);

    [LoggerMessage(1402, LogLevel.Information, "{Identity} leads: it holds {Lease}")]
    public static partial void Leads(ILogger logger, string identity, string lease);

    [LoggerMessage(1403, LogLevel.Error, "{Identity} leads no more: it has lost {Lease}")]
    public static partial void Lost(ILogger logger, string identity, string lease);

    [LoggerMessage(1404, LogLevel.Information, "{Identity} has released {Lease}")]
    public static partial void Released(ILogger logger, string identity, string lease);

    [LoggerMessage(1405, LogLevel.Warning, "{Lease} could not be released, a successor waits until it is over: {Problem}")]
    public static partial void NotReleased(ILogger logger, string lease, string problem);

    [LoggerMessage(1406, LogLevel.Warning, "{Lease} could not be read or written; trying again: {Problem}")]
    public static partial void AttemptFailed(ILogger logger, string lease, string problem);

    [LoggerMessage(1407, LogLevel.Information, "{Lease} is held by {Holder}")]
    public static partial void Holder(ILogger logger, string lease, string holder);
}
