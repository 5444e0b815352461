using Microsoft.AspNetCore.Http.Features;

namespace MlopsOperator.Gateway.Forwarding;

/// <summary>Tells a client that went away from an abort of our own, which the forwarder uses to cut a broken answer off: both cancel one token.</summary>
internal sealed class ClientAbort(IHttpRequestLifetimeFeature inner) : IHttpRequestLifetimeFeature
{
    private bool ours;

    /// <inheritdoc />
    public CancellationToken RequestAborted
    {
        get => inner.RequestAborted;
        set => inner.RequestAborted = value;
    }

    /// <summary>Whether the client went away.</summary>
    public bool HasHappened => !ours && inner.RequestAborted.IsCancellationRequested;

    /// <inheritdoc />
    public void Abort()
    {
        ours |= !inner.RequestAborted.IsCancellationRequested;
        inner.Abort();
    }
}
