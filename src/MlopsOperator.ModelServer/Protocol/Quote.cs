using System.Text;
using System.Text.Json;

namespace MlopsOperator.ModelServer.Protocol;

/// <summary>A client's text, cut to a length that an error message can bear.</summary>
internal static class Quote
{
    /// <summary>The token that a reader stands on.</summary>
    /// <param name="reader">The reader.</param>
    /// <returns>Such as <c>"abc"</c>, <c>1.5</c>, an object.</returns>
    public static string Token(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => $"\"{Text(Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, 4 * Limits.QuotedCharacters)]))}\"",
        _ => Text(Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, 4 * Limits.QuotedCharacters)])),
    };

    /// <summary>Some text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>At most <see cref="Limits.QuotedCharacters"/> characters of it.</returns>
    public static string Text(string text) => text.Length <= Limits.QuotedCharacters ? text : string.Concat(text.AsSpan(0, Limits.QuotedCharacters), "…");
}
