using System.CommandLine.Parsing;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Demo.Soak;

/// <summary>What a soak is asked for.</summary>
/// <param name="Length">How long rollouts follow each other.</param>
/// <param name="RequestsPerSecond">Rate of the traffic.</param>
/// <param name="Samples">File that gets every sample as CSV; none when absent.</param>
internal sealed record SoakOptions(TimeSpan Length, double RequestsPerSecond, FileInfo? Samples)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Reads a length from the command line.</summary>
    public static TimeSpan? ParseLength(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (GoDuration.TryParse(text, out var length) && length.Value > TimeSpan.Zero && length.Value <= Longest)
        {
            return length.Value;
        }

        result.AddError($"--soak: found \"{text}\"; expected a duration of at most 24h, such as 15m.");
        return null;
    }
}
