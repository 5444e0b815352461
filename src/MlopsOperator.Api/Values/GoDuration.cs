using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Values;

/// <summary>
/// A duration in Go's notation, as Kubernetes users write it: numbers with the units <c>h</c>, <c>m</c>, <c>s</c> and <c>ms</c>, such as
/// <c>90s</c>, <c>1h30m</c>, <c>125ms</c> or <c>1.5h</c>. From 0 to one year, exact to 100 ns.
/// </summary>
/// <param name="Value">The duration.</param>
public readonly record struct GoDuration(TimeSpan Value)
{
    /// <summary>Longest text in characters.</summary>
    public const int MaximumLength = 32;

    /// <summary>Regular expression of the text, for schemas; <see cref="TryParse"/> also refuses what is longer than a year.</summary>
    public const string Pattern = "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$";

    /// <summary>What a parser expects, as the rest of a sentence.</summary>
    public const string Expected = "a duration of at most one year, such as 90s, 5m or 1h30m";

    /// <summary>Longest duration: 365 days.</summary>
    public static readonly TimeSpan Maximum = TimeSpan.FromDays(365);

    private static readonly (string Suffix, long Ticks)[] Units =
    [
        // "ms" before "m": the first suffix that matches is taken.
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
    ];

    /// <summary>Reads a duration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The duration; zero when the text is none.</param>
    /// <returns>False for null, empty, signed, unitless or unknown text, and for more than a year.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out GoDuration value)
    {
        value = default;
        if (string.IsNullOrEmpty(text) || text.Length > MaximumLength)
        {
            return false;
        }

        var rest = text.AsSpan();
        var ticks = 0m;
        while (!rest.IsEmpty)
        {
            if (!TryTakeNumber(ref rest, out var number) || !TryTakeUnit(ref rest, out var unit))
            {
                return false;
            }

            ticks += number * unit;
            if (ticks > Maximum.Ticks || ticks != decimal.Truncate(ticks))
            {
                return false;
            }
        }

        value = new GoDuration(TimeSpan.FromTicks((long)ticks));
        return true;
    }

    /// <summary>Reads a duration of a field.</summary>
    /// <param name="text">The text.</param>
    /// <param name="field">Path of the field, for the error.</param>
    /// <returns>The duration.</returns>
    /// <exception cref="FormatException">The text is no duration; the message is the text of a <see cref="Problem"/>.</exception>
    public static TimeSpan Parse(string? text, string field) =>
        TryParse(text, out var value) ? value.Value : throw new FormatException(new Problem(field, text, Expected).ToString());

    /// <summary>The duration in its shortest form: <c>1h30m</c>, <c>1m30s</c>, <c>1.5s</c>, <c>125ms</c>, <c>0s</c>.</summary>
    /// <returns>Text that <see cref="TryParse"/> reads back to the same value.</returns>
    public override string ToString()
    {
        if (Value <= TimeSpan.Zero)
        {
            return "0s";
        }

        var text = new StringBuilder();
        var ticks = Value.Ticks;
        if (ticks < TimeSpan.TicksPerSecond)
        {
            return Number(ticks, TimeSpan.TicksPerMillisecond) + "ms";
        }

        Append(text, ref ticks, TimeSpan.TicksPerHour, 'h');
        Append(text, ref ticks, TimeSpan.TicksPerMinute, 'm');
        return ticks == 0 ? text.ToString() : text.Append(Number(ticks, TimeSpan.TicksPerSecond)).Append('s').ToString();
    }

    private static void Append(StringBuilder text, ref long ticks, long unit, char suffix)
    {
        if (ticks >= unit)
        {
            text.Append(ticks / unit).Append(suffix);
            ticks %= unit;
        }
    }

    private static string Number(long ticks, long unit) => ((decimal)ticks / unit).ToString("0.#######", CultureInfo.InvariantCulture);

    private static bool TryTakeNumber(ref ReadOnlySpan<char> rest, out decimal number)
    {
        var length = 0;
        while (length < rest.Length && (char.IsAsciiDigit(rest[length]) || rest[length] == '.'))
        {
            length++;
        }

        // A digit on both ends: Go also takes "1." and ".5", which are typing errors more often than not.
        number = 0;
        if (length == 0 || rest[0] == '.' || rest[length - 1] == '.'
            || !decimal.TryParse(rest[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)
            || number > (decimal)Maximum.TotalMilliseconds)
        {
            return false;
        }

        rest = rest[length..];
        return true;
    }

    private static bool TryTakeUnit(ref ReadOnlySpan<char> rest, out long ticks)
    {
        foreach (var (suffix, unit) in Units)
        {
            if (rest.StartsWith(suffix, StringComparison.Ordinal))
            {
                rest = rest[suffix.Length..];
                ticks = unit;
                return true;
            }
        }

        ticks = 0;
        return false;
    }
}
