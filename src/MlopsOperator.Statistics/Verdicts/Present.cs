namespace MlopsOperator.Statistics.Verdicts;

/// <summary>Lists that were read back may be missing or have holes.</summary>
internal static class Present
{
    /// <summary>The items that are there.</summary>
    public static IReadOnlyList<T> In<T>(IReadOnlyList<T>? items)
        where T : class => items is null ? [] : items.Contains(null!) ? [.. items.OfType<T>()] : items;
}
