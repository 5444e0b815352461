using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlopsOperator.Api.Json;

/// <summary>
/// Times in RFC 3339, UTC: <c>2026-01-02T03:04:05Z</c>, with three decimals for whole milliseconds and six below that. What is finer than a
/// microsecond is cut off. Reads any offset.
/// </summary>
public sealed class TimestampConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>A time as this converter writes it.</summary>
    /// <param name="time">The time.</param>
    /// <returns>RFC 3339 text in UTC.</returns>
    public static string Format(DateTimeOffset time)
    {
        var fraction = time.Ticks % TimeSpan.TicksPerSecond;
        var format = (fraction / TimeSpan.TicksPerMicrosecond) switch
        {
            0 => "yyyy-MM-dd'T'HH:mm:ss'Z'",
            var microseconds when microseconds % 1000 == 0 => "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
            _ => "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'",
        };
        return time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <inheritdoc />
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time)
            ? time.ToUniversalTime()
            : throw new JsonException("expected a time in RFC 3339, such as 2026-01-02T03:04:05Z");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Format(value));
}
