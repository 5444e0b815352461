namespace MlopsOperator.Api.Models;

/// <summary>Name, datatype and shape of a tensor, as the Open Inference Protocol writes them.</summary>
public sealed record TensorSignature
{
    /// <summary>Name of the tensor.</summary>
    public string Name { get; init; } = "";

    /// <summary>Datatype: BOOL, INT8…INT64, UINT8…UINT64, FP16, FP32, FP64 or BYTES.</summary>
    public string Datatype { get; init; } = "";

    /// <summary>Size of each dimension; -1 is any.</summary>
    public IReadOnlyList<long> Shape { get; init; } = [];
}
