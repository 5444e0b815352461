using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlopsOperator.ControllerRuntime.Serialization;

/// <summary>RFC 3339 times in UTC.</summary>
internal sealed class ApiTimeConverter(TimePrecision precision) : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Parse(ref reader).UtcDateTime;

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Format(value.ToUniversalTime(), precision));

    internal static DateTimeOffset Parse(ref Utf8JsonReader reader)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        if (text is not null && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        throw new JsonException($"found {text ?? reader.TokenType.ToString()}, expected a time such as 2026-01-31T12:00:00Z");
    }

    internal static string Format(DateTime utc, TimePrecision precision)
    {
        var format = precision switch
        {
            TimePrecision.Seconds => "yyyy-MM-dd'T'HH:mm:ss'Z'",
            TimePrecision.Microseconds => "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'",
            _ => "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
        };
        return utc.ToString(format, CultureInfo.InvariantCulture);
    }
}
