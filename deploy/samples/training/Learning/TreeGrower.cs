using MlopsOperator.Samples.Training.Flights;

namespace MlopsOperator.Samples.Training.Learning;

/// <summary>Grows one tree after the other, each on what those before it left over. Sums run in the order of the flights, on one thread: the same bits in every run.</summary>
internal sealed class TreeGrower
{
    private readonly IReadOnlyList<Flight> flights;
    private readonly FeatureBins[] features;
    private readonly double[] logOdds;
    private readonly double[] gradients;
    private readonly double[] hessians;
    private readonly int[] nodeOf;

    private TreeGrower(IReadOnlyList<Flight> flights, float start)
    {
        this.flights = flights;
        features = [.. FlightFeatures.Names.Select((_, feature) => new FeatureBins(flights, feature))];
        logOdds = [.. Enumerable.Repeat((double)start, flights.Count)];
        gradients = new double[flights.Count];
        hessians = new double[flights.Count];
        nodeOf = new int[flights.Count];
    }

    /// <summary>Trains a model.</summary>
    /// <param name="flights">The flights to learn from.</param>
    /// <returns>The model.</returns>
    public static BoostedTrees Train(IReadOnlyList<Flight> flights)
    {
        var start = (float)ExactMath.LogOdds(flights.Average(flight => (double)flight.Late));
        var grower = new TreeGrower(flights, start);
        var trees = new List<IReadOnlyList<TreeNode>>();
        for (var tree = 0; tree < BoostingSettings.Trees; tree++)
        {
            trees.Add(grower.Grow());
        }

        return new BoostedTrees(start, trees);
    }

    private List<TreeNode> Grow()
    {
        for (var row = 0; row < flights.Count; row++)
        {
            var chance = ExactMath.Sigmoid(logOdds[row]);
            gradients[row] = chance - flights[row].Late;
            hessians[row] = chance * (1 - chance);
            nodeOf[row] = 0;
        }

        List<TreeNode> tree = [new()];
        List<int> frontier = [0];
        for (var level = 0; level < BoostingSettings.Depth && frontier.Count > 0; level++)
        {
            frontier = Split(tree, frontier, FindSplits(tree.Count, frontier));
        }

        SetLeaves(tree);
        return tree;
    }

    private BestSplit[] FindSplits(int nodes, List<int> frontier)
    {
        var slotOf = Enumerable.Repeat(-1, nodes).ToArray();
        for (var slot = 0; slot < frontier.Count; slot++)
        {
            slotOf[frontier[slot]] = slot;
        }

        var best = new BestSplit[frontier.Count];
        for (var feature = 0; feature < features.Length; feature++)
        {
            var width = features[feature].Count;
            var sums = Histogram(features[feature], slotOf, frontier.Count);
            for (var slot = 0; slot < frontier.Count; slot++)
            {
                best[slot] = Better(best[slot], feature, sums.Gradients.AsSpan(slot * width, width), sums.Hessians.AsSpan(slot * width, width));
            }
        }

        return best;
    }

    private (double[] Gradients, double[] Hessians) Histogram(FeatureBins feature, int[] slotOf, int slots)
    {
        var width = feature.Count;
        var gradientSums = new double[slots * width];
        var hessianSums = new double[slots * width];
        for (var row = 0; row < flights.Count; row++)
        {
            var slot = slotOf[nodeOf[row]];
            if (slot < 0)
            {
                continue;
            }

            var cell = (slot * width) + feature.Bins[row];
            gradientSums[cell] += gradients[row];
            hessianSums[cell] += hessians[row];
        }

        return (gradientSums, hessianSums);
    }

    /// <summary>Tries every border of a feature, with the missing on either side.</summary>
    private static BestSplit Better(BestSplit best, int feature, ReadOnlySpan<double> gradientSums, ReadOnlySpan<double> hessianSums)
    {
        double gradient = 0;
        double hessian = 0;
        for (var bin = 0; bin < gradientSums.Length; bin++)
        {
            gradient += gradientSums[bin];
            hessian += hessianSums[bin];
        }

        var whole = gradient * gradient / (hessian + BoostingSettings.Lambda);
        double gradientLeft = 0;
        double hessianLeft = 0;
        for (var bin = 0; bin < gradientSums.Length - 2; bin++)
        {
            gradientLeft += gradientSums[bin];
            hessianLeft += hessianSums[bin];
            for (var missing = 0; missing < 2; missing++)
            {
                var gradientTrue = gradientLeft + (missing * gradientSums[^1]);
                var hessianTrue = hessianLeft + (missing * hessianSums[^1]);
                var gradientFalse = gradient - gradientTrue;
                var hessianFalse = hessian - hessianTrue;
                if (hessianTrue < BoostingSettings.MinimumHessian || hessianFalse < BoostingSettings.MinimumHessian)
                {
                    continue;
                }

                var gain = (gradientTrue * gradientTrue / (hessianTrue + BoostingSettings.Lambda)) + (gradientFalse * gradientFalse / (hessianFalse + BoostingSettings.Lambda)) - whole;
                if (gain > best.Gain + BoostingSettings.Tie)
                {
                    best = new BestSplit(gain, feature, bin, missing == 1);
                }
            }
        }

        return best;
    }

    private List<int> Split(List<TreeNode> tree, List<int> frontier, BestSplit[] splits)
    {
        var next = new List<int>();
        for (var slot = 0; slot < frontier.Count; slot++)
        {
            if (splits[slot].Gain < BoostingSettings.MinimumGain)
            {
                continue;
            }

            var node = tree[frontier[slot]];
            node.Feature = splits[slot].Feature;
            node.Threshold = features[node.Feature].Edges[splits[slot].Bin];
            node.MissingIsTrue = splits[slot].MissingIsTrue;
            node.True = tree.Count;
            node.False = tree.Count + 1;
            tree.Add(new TreeNode());
            tree.Add(new TreeNode());
            next.Add(node.True);
            next.Add(node.False);
        }

        for (var row = 0; row < flights.Count; row++)
        {
            var node = tree[nodeOf[row]];
            if (!node.IsLeaf)
            {
                nodeOf[row] = node.Next(flights[row].Features);
            }
        }

        return next;
    }

    private void SetLeaves(List<TreeNode> tree)
    {
        var gradientSums = new double[tree.Count];
        var hessianSums = new double[tree.Count];
        for (var row = 0; row < flights.Count; row++)
        {
            gradientSums[nodeOf[row]] += gradients[row];
            hessianSums[nodeOf[row]] += hessians[row];
        }

        for (var index = 0; index < tree.Count; index++)
        {
            if (tree[index].IsLeaf)
            {
                tree[index].Value = (float)(-BoostingSettings.Rate * gradientSums[index] / (hessianSums[index] + BoostingSettings.Lambda));
            }
        }

        for (var row = 0; row < flights.Count; row++)
        {
            logOdds[row] += tree[nodeOf[row]].Value;
        }
    }
}
