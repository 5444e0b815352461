namespace MlopsOperator.DevCluster;

/// <summary>
/// The connection to the API broke: by a scripted fault, a crash of the client or an API that is away. Whether the request was done is not
/// known to the caller, as on a real network. Clients over HTTP get it as the inner exception of an <see cref="HttpRequestException"/>.
/// </summary>
public sealed class ConnectionLostException : IOException
{
    /// <summary>A lost connection without a reason.</summary>
    public ConnectionLostException()
        : this("the connection to the API was lost")
    {
    }

    /// <summary>A lost connection.</summary>
    /// <param name="message">What broke it.</param>
    public ConnectionLostException(string message)
        : base(message)
    {
    }

    /// <summary>A lost connection.</summary>
    /// <param name="message">What broke it.</param>
    /// <param name="innerException">What was beneath.</param>
    public ConnectionLostException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
