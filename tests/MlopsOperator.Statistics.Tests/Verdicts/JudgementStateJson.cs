using System.Text.Json.Serialization;
using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Statistics.Tests.Verdicts;

/// <summary>Generated, as the engine's: it leaves init-only properties that are missing in the text null.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JudgementState))]
internal sealed partial class JudgementStateJson : JsonSerializerContext;
