namespace MlopsOperator.ModelServer.Protocol.Requests;

/// <summary>An output that the client wants.</summary>
/// <param name="Index">Its place in the model's outputs.</param>
/// <param name="IsBinary">Whether it comes in the binary form.</param>
internal readonly record struct RequestedOutput(int Index, bool IsBinary);
