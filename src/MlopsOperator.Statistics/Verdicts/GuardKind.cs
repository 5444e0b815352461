using System.Text.Json.Serialization;

namespace MlopsOperator.Statistics.Verdicts;

/// <summary>What a guard looks at.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GuardKind>))]
public enum GuardKind
{
    /// <summary>The candidate's share of failed requests against a fixed limit.</summary>
    ErrorCeiling,

    /// <summary>The candidate's share of failed requests against stable's.</summary>
    ErrorRatio,

    /// <summary>The candidate's share of requests that are slower than stable's quantile against stable's share.</summary>
    Latency,
}
