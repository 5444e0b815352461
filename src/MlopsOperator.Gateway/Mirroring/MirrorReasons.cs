using MlopsOperator.Api.Routes;
using MlopsOperator.Gateway.Comparing;

namespace MlopsOperator.Gateway.Mirroring;

/// <summary>How enumerations of mirroring are written as labels, each by its number.</summary>
internal static class MirrorReasons
{
    /// <summary>Why copies were not sent.</summary>
    public static IReadOnlyList<string> Drops { get; } = ["queue_full", "memory_full", "too_large", "lapsed", "no_endpoint", "draining", "incomplete", "late", "withdrawn", "failed"];

    /// <summary>Why pairs were not compared.</summary>
    public static IReadOnlyList<string> Skips { get; } = ["stream", "too_large", "memory_full", "encoded"];

    /// <summary>What comparing gave, by <see cref="PairResult"/>.</summary>
    public static IReadOnlyList<string> Results { get; } =
    [
        TelemetryNames.AgreeResult,
        TelemetryNames.DisagreeResult,
        TelemetryNames.CandidateErrorResult,
        TelemetryNames.StableErrorResult,
        TelemetryNames.BothErrorResult,
        TelemetryNames.SchemaResult,
    ];
}
