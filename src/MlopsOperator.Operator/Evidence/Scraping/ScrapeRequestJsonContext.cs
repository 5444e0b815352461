using System.Text.Json.Serialization;

namespace MlopsOperator.Operator.Evidence.Scraping;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ScrapeRequest))]
internal sealed partial class ScrapeRequestJsonContext : JsonSerializerContext;
