using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Models;

/// <summary>Inputs and outputs of a model.</summary>
public sealed record ModelSignature
{
    /// <summary>Input tensors.</summary>
    [Items(1, 256)]
    [ListMapKeys("name")]
    public IReadOnlyList<TensorSignature> Inputs { get; init; } = [];

    /// <summary>Output tensors.</summary>
    [Items(1, 256)]
    [ListMapKeys("name")]
    public IReadOnlyList<TensorSignature> Outputs { get; init; } = [];
}
