namespace MlopsOperator.ControllerRuntime.Transport;

/// <summary>A request to an API server.</summary>
/// <param name="Method">GET, POST, PUT, PATCH or DELETE.</param>
/// <param name="PathAndQuery">Path with query, from the server's root, escaped.</param>
/// <param name="Body">JSON, or nothing.</param>
/// <param name="ContentType">Media type of <paramref name="Body"/>; application/json when absent.</param>
public sealed record TransportRequest(string Method, string PathAndQuery, ReadOnlyMemory<byte> Body = default, string? ContentType = null)
{
    /// <summary>
    /// Called right before the request leaves, again for each time that it is sent; what it throws is thrown to the caller and nothing is
    /// sent. Transports that wait for nothing before they send need not call it.
    /// </summary>
    public Action? BeforeSending { get; init; }
}
