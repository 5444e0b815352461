using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlopsOperator.Gateway.Observing;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ScrapeRequest))]
[JsonSerializable(typeof(SamplesAnswer))]
internal sealed partial class ScrapeJson : JsonSerializerContext;
