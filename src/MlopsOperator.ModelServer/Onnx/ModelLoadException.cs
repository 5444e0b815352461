namespace MlopsOperator.ModelServer.Onnx;

/// <summary>The model cannot be served; the message says why and what to do.</summary>
/// <param name="message">The message, as it is logged and shown in readiness.</param>
internal sealed class ModelLoadException(string message) : Exception(message);
