namespace MlopsOperator.Samples.Training.Learning;

/// <summary>Gradient-boosted trees.</summary>
/// <param name="Base">Log-odds before the first tree.</param>
/// <param name="Trees">The trees; the first node of each is its root.</param>
internal sealed record BoostedTrees(float Base, IReadOnlyList<IReadOnlyList<TreeNode>> Trees)
{
    /// <summary>The chance of being late.</summary>
    /// <param name="features">Features of a flight.</param>
    /// <returns>Between 0 and 1.</returns>
    public double Score(float[] features)
    {
        double logOdds = Base;
        foreach (var tree in Trees)
        {
            var node = tree[0];
            while (!node.IsLeaf)
            {
                node = tree[node.Next(features)];
            }

            logOdds += node.Value;
        }

        return ExactMath.Sigmoid(logOdds);
    }
}
