using System.Text.Json.Serialization;

namespace MlopsOperator.Statistics.Verdicts;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(JudgementState))]
internal sealed partial class JudgementJsonContext : JsonSerializerContext;
