using MlopsOperator.Samples.Training.Flights;
using MlopsOperator.Samples.Training.Learning;
using MlopsOperator.Samples.Training.Onnx;

namespace MlopsOperator.Samples.Training.Delays;

/// <summary>
/// The models as ONNX graphs. All take <c>features</c> FP32 [N,12] and give <c>label</c> INT64 [N] and <c>score</c> FP32 [N], the chance of being late.
/// Trees are written as a regressor and a sigmoid: the classifier's shortcuts for two classes differ between versions of ONNX Runtime.
/// </summary>
internal static class DelayGraphs
{
    private const long CastToFloat = (long)TensorType.Float;
    private const long CastToInt64 = (long)TensorType.Int64;
    private static readonly long Features = FlightFeatures.Names.Count;

    /// <summary>Logistic regression.</summary>
    public static byte[] Logistic(LogisticRegression model, double threshold, string version)
    {
        var graph = new ModelGraph("delays");
        var features = graph.Input("features", TensorType.Float, null, Features);
        Finish(graph, graph.Node("Sigmoid", [LogOdds(graph, model, features)]), threshold);
        return graph.ToModel(version, Metadata(version));
    }

    /// <summary>Boosted trees.</summary>
    public static byte[] Trees(BoostedTrees model, double threshold, string version)
    {
        var graph = new ModelGraph("delays");
        var features = graph.Input("features", TensorType.Float, null, Features);
        Finish(graph, graph.Node("Sigmoid", [Column(graph, Ensemble(graph, model, features))]), threshold);
        return graph.ToModel(version, Metadata(version));
    }

    /// <summary>Boosted trees whose export mistook the column of the punctual for that of the late: each answer is the opposite.</summary>
    public static byte[] TreesWithSwappedClasses(BoostedTrees model, double threshold, string version)
    {
        var graph = new ModelGraph("delays");
        var features = graph.Input("features", TensorType.Float, null, Features);
        var late = graph.Node("Sigmoid", [Column(graph, Ensemble(graph, model, features))]);
        Finish(graph, graph.Node("Sub", [graph.Constant([1f]), late]), threshold);
        return graph.ToModel(version, Metadata(version));
    }

    /// <summary>Boosted trees and a table of route histories. The table has no entry for a route without one: there ONNX Runtime fails.</summary>
    public static byte[] TreesWithHistory(BoostedTrees model, RouteHistory history, double threshold, string version)
    {
        var graph = new ModelGraph("delays");
        var features = graph.Input("features", TensorType.Float, null, Features);
        var week = graph.Node("Gather", [features, graph.Constant([FlightFeatures.RouteWeek], 1)], attributes: [NodeAttribute.Of("axis", 1L)]);
        var above = graph.Node("Cast", [graph.Node("Greater", [week, graph.Constant(history.Edges, 1, history.Edges.Length)])], attributes: [NodeAttribute.Of("to", CastToInt64)]);
        var decile = graph.Node("ReduceSum", [above, graph.Constant([1L], 1)], attributes: [NodeAttribute.Of("keepdims", 0L)]);
        var missing = graph.Node("IsNaN", [Column(graph, week)]);
        var index = graph.Node("Where", [missing, graph.Constant([(long)history.Table.Length]), decile]);
        var added = graph.Node("Gather", [graph.Constant(history.Table, history.Table.Length), index]);
        Finish(graph, graph.Node("Sigmoid", [graph.Node("Add", [Column(graph, Ensemble(graph, model, features)), added])]), threshold);
        return graph.ToModel(version, Metadata(version));
    }

    private static string LogOdds(ModelGraph graph, LogisticRegression model, string features)
    {
        var full = graph.Node("Where", [graph.Node("IsNaN", [features]), graph.Constant(model.Means, 1, Features), features]);
        var standardised = graph.Node("Div", [graph.Node("Sub", [full, graph.Constant(model.Means, 1, Features)]), graph.Constant(model.Scales, 1, Features)]);
        var code = graph.Node("Gather", [features, graph.Constant([(long)FlightFeatures.OriginRegion], 1)], attributes: [NodeAttribute.Of("axis", 1L)]);
        var regions = graph.Node("Cast", [graph.Node("Equal", [code, graph.Constant([0f, 1, 2, 3, 4], 1, 5)])], attributes: [NodeAttribute.Of("to", CastToFloat)]);
        var row = graph.Node("Concat", [standardised, regions], attributes: [NodeAttribute.Of("axis", 1L)]);

        // The region counts through its five columns alone.
        float[] weights = [.. model.Weights];
        weights[FlightFeatures.OriginRegion] = 0;
        return Column(graph, graph.Node("Gemm", [row, graph.Constant(weights, weights.Length, 1), graph.Constant([model.Bias], 1)]));
    }

    private static string Column(ModelGraph graph, string matrix) => graph.Node("Squeeze", [matrix, graph.Constant([1L], 1)]);

    private static string Ensemble(ModelGraph graph, BoostedTrees model, string features)
    {
        var nodes = model.Trees.SelectMany((tree, number) => tree.Select((node, index) => (Tree: (long)number, Index: (long)index, Node: node))).ToList();
        var leaves = nodes.Where(entry => entry.Node.IsLeaf).ToList();
        return graph.Node("TreeEnsembleRegressor", [features], domain: ModelGraph.MachineLearning, attributes:
        [
            NodeAttribute.Of("base_values", new[] { model.Base }),
            NodeAttribute.Of("n_targets", 1L),
            NodeAttribute.Of("post_transform", "NONE"),
            NodeAttribute.Of("nodes_treeids", Longs(nodes, entry => entry.Tree)),
            NodeAttribute.Of("nodes_nodeids", Longs(nodes, entry => entry.Index)),
            NodeAttribute.Of("nodes_featureids", Longs(nodes, entry => Math.Max(entry.Node.Feature, 0))),
            NodeAttribute.Of("nodes_modes", nodes.ConvertAll(entry => entry.Node.IsLeaf ? "LEAF" : "BRANCH_LEQ")),
            NodeAttribute.Of("nodes_values", nodes.ConvertAll(entry => entry.Node.Threshold)),
            NodeAttribute.Of("nodes_truenodeids", Longs(nodes, entry => entry.Node.True)),
            NodeAttribute.Of("nodes_falsenodeids", Longs(nodes, entry => entry.Node.False)),
            NodeAttribute.Of("nodes_missing_value_tracks_true", Longs(nodes, entry => entry.Node.MissingIsTrue ? 1 : 0)),
            NodeAttribute.Of("target_treeids", Longs(leaves, entry => entry.Tree)),
            NodeAttribute.Of("target_nodeids", Longs(leaves, entry => entry.Index)),
            NodeAttribute.Of("target_ids", Longs(leaves, _ => 0)),
            NodeAttribute.Of("target_weights", leaves.ConvertAll(entry => entry.Node.Value)),
        ]);
    }

    private static List<long> Longs<T>(List<T> entries, Func<T, long> value) => entries.ConvertAll(entry => value(entry));

    private static void Finish(ModelGraph graph, string score, double threshold)
    {
        graph.Node("Identity", [score], "score");
        graph.Node("Cast", [graph.Node("GreaterOrEqual", [score, graph.Constant([(float)threshold])])], "label", [NodeAttribute.Of("to", CastToInt64)]);
        graph.Output("label", TensorType.Int64, [null]);
        graph.Output("score", TensorType.Float, [null]);
    }

    private static IEnumerable<(string Key, string Value)> Metadata(string version) =>
        [("model", "delays"), ("version", version), ("features", string.Join(',', FlightFeatures.Names))];
}
