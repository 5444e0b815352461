using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Tests.Testing;

/// <summary>Keeps answers back while it is paused: requests arrive, but nothing is heard of them until it resumes or the caller gives up.</summary>
internal sealed class PausableTransport(IKubernetesTransport inner) : IKubernetesTransport
{
    private TaskCompletionSource? _paused;

    /// <summary>Which requests are kept back while paused; default: all.</summary>
    public Func<TransportRequest, bool> Keeps { get; set; } = static _ => true;

    /// <summary>Whether what is kept back has not even arrived.</summary>
    public bool BeforeArrival { get; set; }

    public void Pause() => _paused = new TaskCompletionSource();

    public void Resume()
    {
        var paused = _paused;
        _paused = null;
        paused?.SetResult();
    }

    public async Task<TransportResponse> SendAsync(TransportRequest request, CancellationToken cancellationToken)
    {
        if (BeforeArrival)
        {
            await WaitAsync(request, cancellationToken);
        }

        var answer = await inner.SendAsync(request, cancellationToken);
        await WaitAsync(request, cancellationToken);
        return answer;
    }

    public Task<IWatchStream> WatchAsync(TransportRequest request, CancellationToken cancellationToken) => inner.WatchAsync(request, cancellationToken);

    private Task WaitAsync(TransportRequest request, CancellationToken cancellationToken) =>
        _paused is { } paused && Keeps(request) ? paused.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
}
