using System.Collections;
using System.Globalization;

namespace MlopsOperator.Api.Validation;

/// <summary>How many entries a list or map may have.</summary>
internal static class EntryCount
{
    /// <summary>Checks the number of entries.</summary>
    public static void Check(IEnumerable entries, int minimum, int maximum, string field, ICollection<Problem> problems)
    {
        var count = entries.Cast<object?>().Count();
        if (count >= minimum && count <= maximum)
        {
            return;
        }

        problems.Add(new Problem(field, count == 0 ? null : FieldPaths.Found(count), Range(minimum, maximum) + " entries"));
    }

    /// <summary>A range in words: <c>at most 5</c>, <c>1 to 5</c>.</summary>
    public static string Range(int minimum, int maximum) =>
        minimum == 0 ? string.Create(CultureInfo.InvariantCulture, $"at most {maximum}") : string.Create(CultureInfo.InvariantCulture, $"{minimum} to {maximum}");
}
