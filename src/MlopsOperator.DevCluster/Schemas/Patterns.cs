using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace MlopsOperator.DevCluster.Schemas;

/// <summary>Patterns of schemas and rules. They are RE2 in the real server: no backtracking, and $ is the end of the text.</summary>
internal static class Patterns
{
    /// <summary>Compiled patterns that are kept.</summary>
    private const int Kept = 1_000;

    private static readonly ConcurrentDictionary<string, Regex> Compiled = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">The pattern is none.</exception>
    public static bool Matches(string text, string pattern)
    {
        if (!Compiled.TryGetValue(pattern, out var regex))
        {
            if (Compiled.Count > Kept)
            {
                Compiled.Clear();
            }

            Compiled[pattern] = regex = new Regex(EndOfText(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5));
        }

        return regex.IsMatch(text);
    }

    /// <summary>$ outside of classes becomes \z.</summary>
    private static string EndOfText(string pattern)
    {
        var result = new System.Text.StringBuilder(pattern.Length + 4);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\' when i + 1 < pattern.Length:
                    result.Append(pattern[i]).Append(pattern[++i]);
                    continue;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '$' when !inClass:
                    result.Append("\\z");
                    continue;
            }

            result.Append(pattern[i]);
        }

        return result.ToString();
    }
}
