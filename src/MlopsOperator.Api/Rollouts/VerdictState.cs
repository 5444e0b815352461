using System.Text.Json.Serialization;

namespace MlopsOperator.Api.Rollouts;

/// <summary>A verdict.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VerdictState>))]
public enum VerdictState
{
    /// <summary>Not known; the reason says why.</summary>
    Unknown,

    /// <summary>Proved good enough.</summary>
    Pass,

    /// <summary>Proved too bad.</summary>
    Fail,
}
