using MlopsOperator.Gateway.Forwarding;

namespace MlopsOperator.Gateway.Mirroring;

/// <summary>The connections that copies have to themselves.</summary>
internal sealed class MirrorClient(TimeProvider time) : IDisposable
{
    /// <summary>What sends.</summary>
    public HttpMessageInvoker Invoker { get; } = BackendConnections.Create(time, Limits.CopiesAtWork);

    /// <inheritdoc />
    public void Dispose() => Invoker.Dispose();
}
