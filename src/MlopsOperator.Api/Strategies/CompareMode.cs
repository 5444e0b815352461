using System.Text.Json.Serialization;

namespace MlopsOperator.Api.Strategies;

/// <summary>How the candidate's value of an output is compared with stable's.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CompareMode>))]
public enum CompareMode
{
    /// <summary>Numbers may differ by absolute + relative · |stable's|; all else must be equal.</summary>
    Tolerance,

    /// <summary>Every value must be equal.</summary>
    Exact,

    /// <summary>In each row of class scores the same class must be the highest; a tie within the tolerance counts as the same.</summary>
    Top1,

    /// <summary>Texts must be equal but for white space.</summary>
    Text,
}
