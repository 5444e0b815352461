namespace MlopsOperator.ModelServer.Protocol;

/// <summary>Name, datatype and shape of one input or output.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Datatype">Its datatype.</param>
/// <param name="Shape">Size of each dimension; -1 is any.</param>
internal sealed record TensorSpecification(string Name, TensorDatatype Datatype, long[] Shape)
{
    /// <summary>Name of each dimension, empty where it has none: dimensions of one name must agree. As long as the shape, or empty.</summary>
    public string[] DimensionNames { get; init; } = [];

    /// <summary>For an output that is a map in ONNX (ZipMap): its keys as JSON text, in the order of the columns; else null.</summary>
    public string? Labels { get; init; }

    /// <summary>Whether the output is a map in ONNX, and flattened here.</summary>
    public bool IsMap { get; init; }
}
