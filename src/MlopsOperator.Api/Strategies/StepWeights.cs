namespace MlopsOperator.Api.Strategies;

/// <summary>The rule that the weights of a canary rise, in CEL. <see cref="RolloutStrategyRules"/> says the same in C#.</summary>
internal static class StepWeights
{
    /// <summary>True for a list of steps whose weights begin above 0 and rise. Kubernetes 1.30 has no macro with an index, hence the list of them.</summary>
    public const string Rule =
        $"{FirstPercent} > 0.0 && [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18].all(i, i + 1 >= size(self) || {ThisPercent} < {NextPercent})";

    private const string FirstPercent = "(self[0].weight.endsWith('%') ? double(self[0].weight.replace('%', '')) : double(self[0].weight) * 100.0)";
    private const string ThisPercent = "(self[i].weight.endsWith('%') ? double(self[i].weight.replace('%', '')) : double(self[i].weight) * 100.0)";
    private const string NextPercent =
        "(self[i + 1].weight.endsWith('%') ? double(self[i + 1].weight.replace('%', '')) : double(self[i + 1].weight) * 100.0)";
}
