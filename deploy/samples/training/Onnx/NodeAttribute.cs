namespace MlopsOperator.Samples.Training.Onnx;

/// <summary>Attributes of nodes: AttributeProto of onnx.proto3.</summary>
internal static class NodeAttribute
{
    /// <summary>An integer.</summary>
    public static ProtobufMessage Of(string name, long value) => new ProtobufMessage().Text(1, name).Int(3, value).Int(20, 2);

    /// <summary>A floating-point number.</summary>
    public static ProtobufMessage Of(string name, float value) => new ProtobufMessage().Text(1, name).Single(2, value).Int(20, 1);

    /// <summary>A text.</summary>
    public static ProtobufMessage Of(string name, string value) => new ProtobufMessage().Text(1, name).Text(4, value).Int(20, 3);

    /// <summary>Floating-point numbers.</summary>
    public static ProtobufMessage Of(string name, IReadOnlyCollection<float> values) => new ProtobufMessage().Text(1, name).PackedFloats(7, values).Int(20, 6);

    /// <summary>Integers.</summary>
    public static ProtobufMessage Of(string name, IReadOnlyCollection<long> values) => new ProtobufMessage().Text(1, name).PackedInts(8, values).Int(20, 7);

    /// <summary>Texts.</summary>
    public static ProtobufMessage Of(string name, IReadOnlyCollection<string> values)
    {
        var attribute = new ProtobufMessage().Text(1, name);
        foreach (var value in values)
        {
            attribute.Text(9, value);
        }

        return attribute.Int(20, 8);
    }
}
