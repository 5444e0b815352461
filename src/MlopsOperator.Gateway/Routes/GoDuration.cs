using System.Buffers;
using System.Globalization;

namespace MlopsOperator.Gateway.Routes;

/// <summary>Durations as Go writes them: <c>500ms</c>, <c>1m30s</c>, <c>1.5h</c>.</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");
    private static readonly (string Unit, double Seconds)[] Units =
        [("ms", 1e-3), ("us", 1e-6), ("µs", 1e-6), ("ns", 1e-9), ("h", 3600), ("m", 60), ("s", 1)];

    /// <summary>Reads a duration that is not negative and at most a year.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (string.IsNullOrEmpty(text) || text.Length > 32)
        {
            return false;
        }

        if (text is "0")
        {
            return true;
        }

        var seconds = 0.0;
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (!TryTake(ref rest, ref seconds))
            {
                return false;
            }
        }

        if (seconds > TimeSpan.FromDays(366).TotalSeconds)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<char> rest, ref double seconds)
    {
        var digits = rest.IndexOfAnyExcept(Digits);
        if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        rest = rest[digits..];
        foreach (var (unit, factor) in Units)
        {
            if (rest.StartsWith(unit, StringComparison.Ordinal))
            {
                rest = rest[unit.Length..];
                seconds += number * factor;
                return true;
            }
        }

        return false;
    }
}
