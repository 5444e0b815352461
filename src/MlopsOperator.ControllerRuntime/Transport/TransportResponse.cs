namespace MlopsOperator.ControllerRuntime.Transport;

/// <summary>An answer of an API server.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The whole body.</param>
/// <param name="RetryAfter">The header Retry-After.</param>
public sealed record TransportResponse(int Status, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter = null);
