namespace MlopsOperator.ControllerRuntime.Transport;

/// <summary>No answer came: whether the server has acted is unknown.</summary>
public sealed class TransportException : Exception
{
    /// <summary>An exception with a message and its cause.</summary>
    public TransportException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
