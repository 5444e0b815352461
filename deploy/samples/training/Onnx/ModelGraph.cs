namespace MlopsOperator.Samples.Training.Onnx;

/// <summary>An ONNX graph under construction: the small part of onnx.proto3 that the samples need.</summary>
/// <param name="name">Name of the graph.</param>
internal sealed class ModelGraph(string name)
{
    /// <summary>Operators of classical models.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    private readonly List<ProtobufMessage> nodes = [];
    private readonly List<ProtobufMessage> constants = [];
    private readonly List<ProtobufMessage> inputs = [];
    private readonly List<ProtobufMessage> outputs = [];
    private int temporaries;

    /// <summary>Adds an input.</summary>
    /// <param name="input">Its name.</param>
    /// <param name="type">Its element type.</param>
    /// <param name="shape">Its dimensions: a number, or null for the rows, <c>N</c>.</param>
    /// <returns>Its name.</returns>
    public string Input(string input, TensorType type, params long?[] shape)
    {
        inputs.Add(Value(input, type, shape));
        return input;
    }

    /// <summary>Adds an output.</summary>
    /// <param name="output">Its name; a node must yield it.</param>
    /// <param name="type">Its element type.</param>
    /// <param name="shape">Its dimensions: a number, or null for the rows, <c>N</c>.</param>
    public void Output(string output, TensorType type, params long?[] shape) => outputs.Add(Value(output, type, shape));

    /// <summary>Adds an output that is a sequence of maps: what ZipMap yields.</summary>
    /// <param name="output">Its name.</param>
    /// <param name="key">Type of the keys.</param>
    /// <param name="value">Type of the values.</param>
    public void OutputMaps(string output, TensorType key, TensorType value)
    {
        var map = new ProtobufMessage().Int(1, (int)key).Message(2, Tensor(value, []));
        outputs.Add(new ProtobufMessage().Text(1, output).Message(2, Sequence(new ProtobufMessage().Message(5, map))));
    }

    /// <summary>Adds an output that is a sequence of tensors.</summary>
    /// <param name="output">Its name.</param>
    /// <param name="type">Their element type.</param>
    public void OutputSequence(string output, TensorType type) =>
        outputs.Add(new ProtobufMessage().Text(1, output).Message(2, Sequence(Tensor(type, [null]))));

    /// <summary>Adds a constant.</summary>
    /// <param name="values">Its elements.</param>
    /// <param name="shape">Its shape; none is a scalar.</param>
    /// <returns>Its name.</returns>
    public string Constant(float[] values, params long[] shape) => Constant(TensorType.Float, ProtobufMessage.Raw(values), shape);

    /// <summary>Adds a constant.</summary>
    /// <param name="values">Its elements.</param>
    /// <param name="shape">Its shape; none is a scalar.</param>
    /// <returns>Its name.</returns>
    public string Constant(long[] values, params long[] shape) => Constant(TensorType.Int64, ProtobufMessage.Raw(values), shape);

    /// <summary>Adds a node with one output.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="from">What it reads.</param>
    /// <param name="to">What it yields; a new name when null.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <param name="domain">Where the operator is defined; ai.onnx by default.</param>
    /// <returns>What it yields.</returns>
    public string Node(string operation, string[] from, string? to = null, ProtobufMessage[]? attributes = null, string domain = "")
    {
        to ??= FormattableString.Invariant($"t{temporaries++}");
        var node = new ProtobufMessage();
        foreach (var input in from)
        {
            node.Text(1, input);
        }

        node.Text(2, to).Text(3, FormattableString.Invariant($"{operation}_{nodes.Count}")).Text(4, operation);
        foreach (var attribute in attributes ?? [])
        {
            node.Message(5, attribute);
        }

        nodes.Add(domain.Length > 0 ? node.Text(7, domain) : node);
        return to;
    }

    /// <summary>The model: IR 8, ai.onnx 17, ai.onnx.ml 3, which every ONNX Runtime since 1.12 reads.</summary>
    /// <param name="version">Its version, for people.</param>
    /// <param name="metadata">What else is written into it.</param>
    /// <returns>The bytes of a file.</returns>
    public byte[] ToModel(string version, IEnumerable<(string Key, string Value)> metadata)
    {
        var graph = new ProtobufMessage();
        nodes.ForEach(node => graph.Message(1, node));
        graph.Text(2, name);
        constants.ForEach(constant => graph.Message(5, constant));
        inputs.ForEach(input => graph.Message(11, input));
        outputs.ForEach(output => graph.Message(12, output));
        var model = new ProtobufMessage().Int(1, 8).Text(2, "mlops-operator-samples").Text(3, version).Message(7, graph)
            .Message(8, new ProtobufMessage().Text(1, "").Int(2, 17))
            .Message(8, new ProtobufMessage().Text(1, MachineLearning).Int(2, 3));
        foreach (var (key, value) in metadata)
        {
            model.Message(14, new ProtobufMessage().Text(1, key).Text(2, value));
        }

        return model.ToArray();
    }

    private string Constant(TensorType type, byte[] raw, long[] shape)
    {
        var constant = new ProtobufMessage();
        if (shape.Length > 0)
        {
            constant.PackedInts(1, shape);
        }

        var named = FormattableString.Invariant($"c{constants.Count}");
        constants.Add(constant.Int(2, (int)type).Text(8, named).Bytes(9, raw));
        return named;
    }

    private static ProtobufMessage Value(string value, TensorType type, long?[] shape) => new ProtobufMessage().Text(1, value).Message(2, Tensor(type, shape));

    private static ProtobufMessage Sequence(ProtobufMessage element) => new ProtobufMessage().Message(4, new ProtobufMessage().Message(1, element));

    private static ProtobufMessage Tensor(TensorType type, long?[] shape)
    {
        var dimensions = new ProtobufMessage();
        foreach (var size in shape)
        {
            dimensions.Message(1, size is null ? new ProtobufMessage().Text(2, "N") : new ProtobufMessage().Int(1, size.Value));
        }

        return new ProtobufMessage().Message(1, new ProtobufMessage().Int(1, (int)type).Message(2, dimensions));
    }
}
