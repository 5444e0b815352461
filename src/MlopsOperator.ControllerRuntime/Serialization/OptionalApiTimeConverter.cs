using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlopsOperator.ControllerRuntime.Serialization;

/// <summary>RFC 3339 times in UTC that may be missing.</summary>
internal sealed class OptionalApiTimeConverter(ApiTimeConverter times) : JsonConverter<DateTime?>
{
    public override DateTime? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? null : times.Read(ref reader, typeof(DateTime), options);

    public override void Write(Utf8JsonWriter writer, DateTime? value, JsonSerializerOptions options)
    {
        if (value is { } time)
        {
            times.Write(writer, time, options);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
