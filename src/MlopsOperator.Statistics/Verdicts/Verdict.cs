using System.Text.Json.Serialization;

namespace MlopsOperator.Statistics.Verdicts;

/// <summary>What is known of a guard.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>Not known; the reason says why.</summary>
    Unknown,

    /// <summary>Proved good enough.</summary>
    Pass,

    /// <summary>Proved too bad.</summary>
    Fail,
}
