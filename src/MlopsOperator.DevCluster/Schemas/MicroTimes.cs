using System.Text.RegularExpressions;

namespace MlopsOperator.DevCluster.Schemas;

/// <summary>Times with exactly six decimals, as Lease and eventTime have them.</summary>
internal static partial class MicroTimes
{
    public static string? Error(string text) =>
        Pattern().IsMatch(text) ? null : $"parsing time \"{text}\" as \"2006-01-02T15:04:05.000000Z07:00\": cannot parse \"{text}\" as \".000000\"";

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}(Z|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
