namespace MlopsOperator.ModelServer.Onnx;

/// <summary>The model's fault, status 500: it failed on a request that fits its signature, or answered what cannot be sent.</summary>
/// <param name="message">The message, as the client gets it.</param>
internal sealed class ModelFaultException(string message) : Exception(message);
