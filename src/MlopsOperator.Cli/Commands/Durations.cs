using System.CommandLine.Parsing;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Cli.Commands;

/// <summary>Reads durations as manifests have them.</summary>
internal static class Durations
{
    public static TimeSpan Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
        if (GoDuration.TryParse(text, out var duration) && duration.Value >= TimeSpan.Zero && duration.Value <= TimeSpan.FromDays(30))
        {
            return duration.Value;
        }

        result.AddError($"--timeout: found \"{text}\"; expected a duration of 30 days at most, such as 90s or 1h30m");
        return TimeSpan.Zero;
    }
}
