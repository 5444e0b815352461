using MlopsOperator.ModelServer.Protocol.Tensors;

namespace MlopsOperator.ModelServer.Protocol.Requests;

/// <summary>One input of a request, checked against the model.</summary>
/// <param name="Specification">What the model expects.</param>
/// <param name="Shape">The shape that was sent.</param>
/// <param name="Data">The elements.</param>
internal sealed record InputTensor(TensorSpecification Specification, long[] Shape, ITensorBuffer Data);
