using System.Text.Json.Serialization;

namespace MlopsOperator.Operator.Evidence.Scraping;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ScrapeRequest))]
internal sealed partial class ScrapeRequestJsonContext : JsonSerializerContext;
