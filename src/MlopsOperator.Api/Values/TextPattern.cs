using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace MlopsOperator.Api.Values;

/// <summary>Matches texts against the patterns of schemas as API servers do (RE2: linear time, <c>$</c> is the very end).</summary>
internal static class TextPattern
{
    // Filled with the constants of this project only, so it stays small.
    private static readonly ConcurrentDictionary<string, Regex> Compiled = new(StringComparer.Ordinal);

    /// <summary>Whether a text matches a pattern that begins with ^ and ends with $.</summary>
    public static bool Matches(string pattern, string text) =>
        Compiled.GetOrAdd(pattern, static key => new Regex(key[..^1] + "\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)).IsMatch(text);
}
