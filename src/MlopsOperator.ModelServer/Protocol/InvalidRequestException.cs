namespace MlopsOperator.ModelServer.Protocol;

/// <summary>The client's fault, status 400: the message names the input, what was expected and what was found.</summary>
/// <param name="message">The message, as the client gets it.</param>
internal sealed class InvalidRequestException(string message) : Exception(message);
