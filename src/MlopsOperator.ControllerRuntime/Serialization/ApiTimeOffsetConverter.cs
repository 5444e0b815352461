using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlopsOperator.ControllerRuntime.Serialization;

/// <summary>RFC 3339 times in UTC, with the digits that the value has.</summary>
internal sealed class ApiTimeOffsetConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ApiTimeConverter.Parse(ref reader).ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(ApiTimeConverter.Format(value.UtcDateTime, TimePrecision.AsIs));
}
