using System.Text;

namespace MlopsOperator.Gateway.Comparing;

/// <summary>Values as a sample shows them: short, on one line.</summary>
internal static class SampleText
{
    /// <summary>A value, cut to <see cref="Limits.SampledValueLength"/> characters, without control characters.</summary>
    public static string Of(ReadOnlySpan<char> value)
    {
        var head = value[..Math.Min(value.Length, Limits.SampledValueLength)];

        // Half of a character that takes two cannot be written as JSON.
        head = head.Length > 0 && char.IsHighSurrogate(head[^1]) ? head[..^1] : head;
        return string.Create(head.Length, head, static (span, from) =>
        {
            for (var index = 0; index < span.Length; index++)
            {
                span[index] = char.IsControl(from[index]) ? '?' : from[index];
            }
        });
    }

    /// <summary>A value in UTF-8.</summary>
    public static string Of(ReadOnlySpan<byte> value) => Of(Encoding.UTF8.GetString(value[..Math.Min(value.Length, Limits.SampledValueLength * 4)]));
}
