using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlopsOperator.Api.Json;

/// <summary>Times of KubernetesClient's types, which are <see cref="DateTime"/>, in the form of <see cref="TimestampConverter"/>.</summary>
internal sealed class UtcDateTimeConverter : JsonConverter<DateTime>
{
    /// <inheritdoc />
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time)
            ? time.UtcDateTime
            : throw new JsonException("expected a time in RFC 3339, such as 2026-01-02T03:04:05Z");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(TimestampConverter.Format(new DateTimeOffset(value.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(value, DateTimeKind.Utc) : value)));
}
