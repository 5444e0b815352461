using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Values;

/// <summary>
/// A share of a whole, from 0 to 1, in whole ten-thousandths: <c>10%</c>, <c>2.5%</c>, <c>0.025</c>. What is finer, such as <c>33.333%</c>, is
/// refused instead of rounded, so that what is shown is what was written.
/// </summary>
/// <param name="TenThousandths">The share in ten-thousandths, from 0 to 10,000.</param>
public readonly record struct Share(int TenThousandths) : IComparable<Share>
{
    /// <summary>Longest text in characters.</summary>
    public const int MaximumLength = 16;

    /// <summary>Regular expression of the text, for schemas: up to 100 with at most two decimals and %, or up to 1 with at most four decimals.</summary>
    public const string Pattern = "^((100(\\.0{1,2})?|[0-9]{1,2}(\\.[0-9]{1,2})?)%|1(\\.0{1,4})?|0(\\.[0-9]{1,4})?)$";

    /// <summary>What a parser expects, as the rest of a sentence.</summary>
    public const string Expected = "a share between 0% and 100% with at most two decimals, such as 10% or 2.5%, or between 0 and 1, such as \"0.025\"";

    /// <summary>The share as a number from 0 to 1.</summary>
    public double Fraction => TenThousandths / (double)Weights.Total;

    /// <summary>Whether the left share is smaller.</summary>
    /// <param name="left">A share.</param>
    /// <param name="right">Another.</param>
    public static bool operator <(Share left, Share right) => left.TenThousandths < right.TenThousandths;

    /// <summary>Whether the left share is larger.</summary>
    /// <param name="left">A share.</param>
    /// <param name="right">Another.</param>
    public static bool operator >(Share left, Share right) => left.TenThousandths > right.TenThousandths;

    /// <summary>Whether the left share is not larger.</summary>
    /// <param name="left">A share.</param>
    /// <param name="right">Another.</param>
    public static bool operator <=(Share left, Share right) => left.TenThousandths <= right.TenThousandths;

    /// <summary>Whether the left share is not smaller.</summary>
    /// <param name="left">A share.</param>
    /// <param name="right">Another.</param>
    public static bool operator >=(Share left, Share right) => left.TenThousandths >= right.TenThousandths;

    /// <summary>Reads a share.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The share; zero when the text is none.</param>
    /// <returns>False for null, empty, signed, exponential or unknown text, above 100 %, and for what is finer than a ten-thousandth.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Share value)
    {
        value = default;
        if (string.IsNullOrEmpty(text) || text.Length > MaximumLength || !char.IsAsciiDigit(text[0]))
        {
            return false;
        }

        var isPercent = text[^1] == '%';
        var number = isPercent ? text.AsSpan(0, text.Length - 1) : text.AsSpan();
        if (!char.IsAsciiDigit(number[^1])
            || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var parsed))
        {
            return false;
        }

        var tenThousandths = parsed * (isPercent ? Weights.Total / 100 : Weights.Total);
        if (tenThousandths > Weights.Total || tenThousandths != decimal.Truncate(tenThousandths))
        {
            return false;
        }

        value = new Share((int)tenThousandths);
        return true;
    }

    /// <summary>Reads a share of a field.</summary>
    /// <param name="text">The text.</param>
    /// <param name="field">Path of the field, for the error.</param>
    /// <returns>The share.</returns>
    /// <exception cref="FormatException">The text is no share; the message is the text of a <see cref="Problem"/>.</exception>
    public static Share Parse(string? text, string field) =>
        TryParse(text, out var value) ? value : throw new FormatException(new Problem(field, text, Expected).ToString());

    /// <summary>The share in per cent: <c>10%</c>, <c>2.5%</c>, <c>0.01%</c>.</summary>
    /// <returns>Text that <see cref="TryParse"/> reads back to the same value.</returns>
    public override string ToString() => (TenThousandths / 100m).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    /// <inheritdoc />
    public int CompareTo(Share other) => TenThousandths.CompareTo(other.TenThousandths);
}
