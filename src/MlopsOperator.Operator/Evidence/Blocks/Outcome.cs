using MlopsOperator.Api.Routes;

namespace MlopsOperator.Operator.Evidence.Blocks;

/// <summary>What an outcome code means for a revision.</summary>
internal static class Outcome
{
    private const int FirstStatus = 100;
    private const int FirstError = 500;
    private const int LastStatus = 599;

    /// <summary>Whether the code is a status or one of the outcomes that gateways write.</summary>
    public static bool IsKnown(string code) => Status(code) is not null || code is TelemetryNames.BrokenOutcome or TelemetryNames.CancelledOutcome or TelemetryNames.MalformedOutcome;

    /// <summary>Whether it counts as a request: not where the client went away or sent something malformed.</summary>
    public static bool IsRequest(string code) => Status(code) is not null || code is TelemetryNames.BrokenOutcome;

    /// <summary>Whether it counts as an error: a status from 500 on, or an answer that was broken off.</summary>
    public static bool IsError(string code) => Status(code) >= FirstError || code is TelemetryNames.BrokenOutcome;

    private static int? Status(string code) =>
        code is [>= '1' and <= '5', >= '0' and <= '9', >= '0' and <= '9']
            && (((code[0] - '0') * 100) + ((code[1] - '0') * 10) + (code[2] - '0')) is >= FirstStatus and <= LastStatus and var status
                ? status
                : null;
}
