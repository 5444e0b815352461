namespace MlopsOperator.Cli.Views;

/// <summary>Rows under headings, as wide as they need.</summary>
internal static class Columns
{
    public static IEnumerable<string> Of(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = headings.Select((heading, column) => rows.Select(row => row[column].Length).Append(heading.Length).Max()).ToList();
        return rows.Prepend(headings).Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
