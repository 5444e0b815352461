using MlopsOperator.Api.Values;

namespace MlopsOperator.Rollouts.Strategies;

/// <summary>
/// Reads a frozen strategy. What is absent or unreadable takes the documented default: a rollout works from a checked copy, and the engine refuses no input.
/// </summary>
internal static class Reading
{
    internal static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(10);

    internal static readonly TimeSpan DefaultWait = TimeSpan.FromMinutes(5);

    internal static readonly TimeSpan DefaultBake = TimeSpan.FromMinutes(10);

    internal static readonly TimeSpan DefaultUnknownAfter = TimeSpan.FromHours(1);

    internal static readonly TimeSpan DefaultProgressDeadline = TimeSpan.FromMinutes(10);

    internal static TimeSpan Duration(string? text, TimeSpan otherwise) => GoDuration.TryParse(text, out var value) ? value.Value : otherwise;

    internal static TimeSpan PositiveDuration(string? text, TimeSpan otherwise) =>
        GoDuration.TryParse(text, out var value) && value.Value > TimeSpan.Zero ? value.Value : otherwise;

    internal static double? Fraction(string? text) => Share.TryParse(text, out var value) ? value.Fraction : null;
}
