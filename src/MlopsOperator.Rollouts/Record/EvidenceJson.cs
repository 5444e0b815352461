using System.Text.Json.Serialization;

namespace MlopsOperator.Rollouts.Record;

/// <summary>JSON of evidence. Infinities are legal logarithms of wealths.</summary>
[JsonSerializable(typeof(EvidenceState))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class EvidenceJson : JsonSerializerContext;
