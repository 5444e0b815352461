namespace MlopsOperator.Gateway.Forwarding;

/// <summary>The connections to all backends.</summary>
internal sealed class ForwardingClient(TimeProvider time) : IDisposable
{
    /// <summary>What sends.</summary>
    public HttpMessageInvoker Invoker { get; } = BackendConnections.Create(time, Limits.ConnectionsPerBackend);

    /// <inheritdoc />
    public void Dispose() => Invoker.Dispose();
}
