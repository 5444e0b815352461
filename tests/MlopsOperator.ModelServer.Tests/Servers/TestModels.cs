using MlopsOperator.Samples.Training.Onnx;

namespace MlopsOperator.ModelServer.Tests.Servers;

/// <summary>Small models, made where they are needed, in a folder that is gone after the test.</summary>
internal sealed class TestModels : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("model-server-tests-").FullName;

    /// <summary>A model that gives its input back.</summary>
    public Task<string> IdentityAsync(TensorType type, params long?[] shape) => WriteAsync(graph =>
    {
        graph.Node("Identity", [graph.Input("x", type, shape)], "y");
        graph.Output("y", type, shape);
    });

    /// <summary>A model that yields the natural logarithm: NaN below zero, minus infinity at zero.</summary>
    public Task<string> LogarithmAsync() => WriteAsync(graph =>
    {
        graph.Node("Log", [graph.Input("x", TensorType.Float, [null])], "y");
        graph.Output("y", TensorType.Float, [null]);
    });

    /// <summary>A model that turns FP32 into FP16.</summary>
    public Task<string> HalvingAsync() => WriteAsync(graph =>
    {
        graph.Node("Cast", [graph.Input("x", TensorType.Float, [null])], "y", [NodeAttribute.Of("to", (long)TensorType.Float16)]);
        graph.Output("y", TensorType.Float16, [null]);
    });

    /// <summary>A model that fails on zeros, and on nothing else.</summary>
    public Task<string> FailingOnZerosAsync() => WriteAsync(graph =>
    {
        var x = graph.Input("x", TensorType.Int64, [null]);
        graph.Node("Gather", [graph.Constant([10L, 20, 30], 3), graph.Node("Sub", [x, graph.Constant([4L])])], "y");
        graph.Output("y", TensorType.Int64, [null]);
    });

    /// <summary>A model with one class label as text and a map from text to its share.</summary>
    public Task<string> TextMapAsync() => WriteAsync(graph =>
    {
        var x = graph.Input("x", TensorType.Float, [null, 2]);
        graph.Node("ZipMap", [x], "y", [NodeAttribute.Of("classlabels_strings", ["on time", "late, by an hour"])], ModelGraph.MachineLearning);
        graph.OutputMaps("y", TensorType.String, TensorType.Float);
    });

    /// <summary>A model with an output that no tensor can carry: a sequence of tensors.</summary>
    public Task<string> SequenceAsync() => WriteAsync(graph =>
    {
        graph.Node("SequenceConstruct", [graph.Input("x", TensorType.Float, [null])], "y");
        graph.OutputSequence("y", TensorType.Float);
    });

    public async Task<string> WriteAsync(Action<ModelGraph> build)
    {
        var graph = new ModelGraph("test");
        build(graph);
        return await WriteAsync(graph.ToModel("test", []));
    }

    public async Task<string> WriteAsync(byte[] bytes)
    {
        var path = Path.Combine(folder, $"{Guid.NewGuid():n}.onnx");
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        return path;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
