using System.Globalization;
using System.Text;

namespace MlopsOperator.Operator.Evidence.Parsing;

/// <summary>Numbers as Prometheus writes them.</summary>
internal static class PrometheusNumber
{
    /// <summary>Reads a value: a decimal number, <c>NaN</c>, <c>+Inf</c>, <c>-Inf</c>.</summary>
    /// <param name="token">The text, without blanks.</param>
    /// <param name="value">The number.</param>
    public static bool TryParse(ReadOnlySpan<byte> token, out double value)
    {
        var unsigned = token is [(byte)'+' or (byte)'-', ..] ? token[1..] : token;
        if (Ascii.EqualsIgnoreCase(unsigned, "Inf"u8) || Ascii.EqualsIgnoreCase(unsigned, "Infinity"u8))
        {
            value = token[0] == (byte)'-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        if (Ascii.EqualsIgnoreCase(token, "NaN"u8))
        {
            value = double.NaN;
            return true;
        }

        value = 0;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return unsigned is [(>= (byte)'0' and <= (byte)'9') or (byte)'.', ..] && double.TryParse(token, Style, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether a text is a timestamp: milliseconds, or OpenMetrics' seconds with a fraction.</summary>
    /// <param name="token">The text, without blanks.</param>
    public static bool IsTimestamp(ReadOnlySpan<byte> token) => TryParse(token, out var value) && double.IsFinite(value);
}
