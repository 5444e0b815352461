using MlopsOperator.Api.Values;

namespace MlopsOperator.Rollouts.Strategies;

/// <summary>
/// Reads a frozen strategy. What is unreadable takes the documented default: a rollout works from a checked copy, and the engine refuses no input.
/// </summary>
internal static class Reading
{
    internal static readonly TimeSpan DefaultProgressDeadline = TimeSpan.FromMinutes(10);

    internal static TimeSpan Duration(string? text, string otherwise) =>
        GoDuration.TryParse(text, out var value) || GoDuration.TryParse(otherwise, out value) ? value.Value : TimeSpan.Zero;

    internal static TimeSpan PositiveDuration(string? text, string otherwise) =>
        GoDuration.TryParse(text, out var value) && value.Value > TimeSpan.Zero ? value.Value : Duration(otherwise, otherwise);

    internal static double? Fraction(string? text) => Share.TryParse(text, out var value) ? value.Fraction : null;
}
