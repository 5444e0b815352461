using System.Globalization;
using System.Text;

namespace MlopsOperator.Api.Validation;

/// <summary>Puts problems into one text for conditions and events.</summary>
public static class ProblemSummary
{
    /// <summary>Longest text by default: that of an Event's note.</summary>
    public const int DefaultLimit = 1024;

    private const string Separator = " | ";

    /// <summary>The problems in their order, as many whole ones as fit, and how many more there are.</summary>
    /// <param name="problems">The problems.</param>
    /// <param name="limit">Longest text in characters; the first problem is cut if it alone is longer.</param>
    /// <returns>One line; empty without problems.</returns>
    public static string Of(IReadOnlyList<Problem> problems, int limit = DefaultLimit)
    {
        var text = new StringBuilder();
        for (var index = 0; index < problems.Count; index++)
        {
            var next = (index == 0 ? "" : Separator) + problems[index];
            var rest = index == problems.Count - 1 ? "" : More(problems.Count - index - 1);
            if (text.Length + next.Length + rest.Length > limit)
            {
                return index == 0 ? next[..Math.Min(next.Length, limit)] : text.Append(More(problems.Count - index)).ToString();
            }

            text.Append(next);
        }

        return text.ToString();
    }

    private static string More(int count) => string.Create(CultureInfo.InvariantCulture, $"{Separator}{count} more");
}
