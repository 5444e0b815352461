using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Models;

/// <summary>Name, datatype and shape of a tensor, as the Open Inference Protocol writes them.</summary>
public sealed record TensorSignature
{
    /// <summary>Name of the tensor.</summary>
    [Length(1, 128)]
    [Pattern(ModelNames.ForeignPattern, ModelNames.ExpectedForeign)]
    public string Name { get; init; } = "";

    /// <summary>Datatype: BOOL, INT8…INT64, UINT8…UINT64, FP16, FP32, FP64 or BYTES.</summary>
    [EnumValues("BOOL", "INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32", "UINT64", "FP16", "FP32", "FP64", "BYTES")]
    public string Datatype { get; init; } = "";

    /// <summary>Size of each dimension; -1 is any.</summary>
    [Items(0, 8)]
    [RangeMinimum(-1, Elements = true)]
    public IReadOnlyList<long> Shape { get; init; } = [];
}
