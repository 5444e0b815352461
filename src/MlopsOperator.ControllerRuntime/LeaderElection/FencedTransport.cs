using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.LeaderElection;

/// <summary>Lets writes through only while the lease is held, and cancels those that are on their way when it is lost. Reads always pass.</summary>
internal sealed class FencedTransport(IKubernetesTransport transport, Leadership leadership) : IKubernetesTransport
{
    public async Task<TransportResponse> SendAsync(TransportRequest request, CancellationToken cancellationToken)
    {
        if (!leadership.IsRequired || request.Method is "GET")
        {
            return await transport.SendAsync(request, cancellationToken);
        }

        void RefuseUnlessHeld()
        {
            if (!leadership.Holds)
            {
                throw Refused(request, "was not sent: this process does not hold the lease");
            }
        }

        RefuseUnlessHeld();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, leadership.Lost);
        try
        {
            // The transport asks again after its own waits: for credentials, and after a 401.
            return await transport.SendAsync(request with { BeforeSending = RefuseUnlessHeld }, either.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or TransportException)
        {
            // Without an answer the server may do it all the same, a moment later.
            leadership.LeavesWriteBehind();
            if (leadership.Lost.IsCancellationRequested && exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw Refused(request, "was cancelled, its outcome is unknown: the lease was lost", exception);
            }

            throw;
        }
    }

    public Task<IWatchStream> WatchAsync(TransportRequest request, CancellationToken cancellationToken) => transport.WatchAsync(request, cancellationToken);

    private static LeadershipLostException Refused(TransportRequest request, string what, Exception? cause = null) =>
        new($"{request.Method} {request.PathAndQuery.Split('?')[0]} {what}", cause);
}
