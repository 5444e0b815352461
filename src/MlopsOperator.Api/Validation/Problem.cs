using System.Globalization;
using System.Text;

namespace MlopsOperator.Api.Validation;

/// <summary>What is wrong with a field of a manifest, in words a person can act on.</summary>
/// <param name="Field">Path of the field, such as <c>spec.analysis.metrics[1].latency.quantile</c>.</param>
/// <param name="Found">What is there; null when nothing is.</param>
/// <param name="Expected">What should be there, as the rest of a sentence: <c>a number between 0 and 1, such as 0.95</c>.</param>
/// <param name="Remedy">What to do, where that does not follow from <paramref name="Expected"/>.</param>
public sealed record Problem(string Field, string? Found, string Expected, string? Remedy = null)
{
    /// <summary>Longest part of a found value that is repeated, in characters.</summary>
    public const int FoundLimit = 80;

    /// <summary>The problem in one line: <c>field: found "x"; expected y; remedy</c>.</summary>
    /// <returns>Text without line breaks or control characters.</returns>
    public override string ToString()
    {
        var text = new StringBuilder(Field).Append(": found ");
        if (Found is null)
        {
            text.Append("nothing");
        }
        else
        {
            AppendQuoted(text, Found);
        }

        text.Append("; expected ").Append(Expected);
        if (Remedy is not null)
        {
            text.Append("; ").Append(Remedy);
        }

        return text.ToString();
    }

    private static void AppendQuoted(StringBuilder text, string found)
    {
        text.Append('"');
        foreach (var character in found.Length <= FoundLimit ? found : found[..FoundLimit])
        {
            // Control characters and direction marks would let a name rewrite the line it is shown in.
            if (char.IsControl(character) || char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator)
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                text.Append(character is '"' ? "\\\"" : character.ToString());
            }
        }

        text.Append(found.Length <= FoundLimit ? "\"" : "…\"");
    }
}
