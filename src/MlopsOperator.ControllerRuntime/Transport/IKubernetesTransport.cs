namespace MlopsOperator.ControllerRuntime.Transport;

/// <summary>The seam between the runtime and an API server: verb, path and bytes go out, status and bytes come back; a watch is lines.</summary>
public interface IKubernetesTransport
{
    /// <summary>Sends a request and reads the whole answer. Throws <see cref="TransportException"/> when the outcome is unknown; statuses do not throw.</summary>
    Task<TransportResponse> SendAsync(TransportRequest request, CancellationToken cancellationToken);

    /// <summary>Opens a watch; returns with the response headers, before the first line.</summary>
    Task<IWatchStream> WatchAsync(TransportRequest request, CancellationToken cancellationToken);
}
