using System.Text.Json.Serialization;

namespace MlopsOperator.Api.Strategies;

/// <summary>What happens when evidence is missing for too long.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UnknownAction>))]
public enum UnknownAction
{
    /// <summary>Wait for the data or a person.</summary>
    Hold,

    /// <summary>Take the candidate back.</summary>
    RollBack,
}
