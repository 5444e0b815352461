namespace MlopsOperator.Gateway.Comparing;

/// <summary>What comparing two answers gave.</summary>
/// <param name="Result">The result.</param>
/// <param name="Differences">One difference an output, at most <see cref="Limits.DifferencesPerPair"/>.</param>
internal sealed record Comparison(PairResult Result, IReadOnlyList<Difference> Differences)
{
    /// <summary>No difference.</summary>
    public static Comparison Agreed { get; } = new(PairResult.Agree, []);

    /// <summary>A result without a difference in an output.</summary>
    public static Comparison Of(PairResult result) => result == PairResult.Agree ? Agreed : new Comparison(result, []);
}
