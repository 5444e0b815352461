namespace MlopsOperator.Api.Models;

/// <summary>Inputs and outputs of a model.</summary>
public sealed record ModelSignature
{
    /// <summary>Input tensors.</summary>
    public IReadOnlyList<TensorSignature> Inputs { get; init; } = [];

    /// <summary>Output tensors.</summary>
    public IReadOnlyList<TensorSignature> Outputs { get; init; } = [];
}
