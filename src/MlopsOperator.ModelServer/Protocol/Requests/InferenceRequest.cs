namespace MlopsOperator.ModelServer.Protocol.Requests;

/// <summary>A request that fits the model.</summary>
/// <param name="Id">The client's id, given back as it is; null if it sent none.</param>
/// <param name="Inputs">All inputs, in the model's order.</param>
/// <param name="Outputs">The wanted outputs, in the order of the answer.</param>
internal sealed record InferenceRequest(string? Id, InputTensor[] Inputs, RequestedOutput[] Outputs)
{
    /// <summary>Whether the answer has a binary part.</summary>
    public bool WantsBinary => Array.Exists(Outputs, output => output.IsBinary);
}
