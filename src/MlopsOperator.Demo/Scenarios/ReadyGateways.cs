namespace MlopsOperator.Demo.Scenarios;

/// <summary>The gateways that are ready, looked at again and again: what a Service is to a client. The last ones that were known stay while there are none.</summary>
internal sealed class ReadyGateways : IAsyncDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly ClusterApi _api;
    private readonly TimeProvider _time;
    private readonly Task _following;
    private volatile IReadOnlyList<Uri> _now;

    /// <summary>Begins to follow.</summary>
    /// <param name="api">The API.</param>
    /// <param name="first">Those that are ready now; at least one.</param>
    /// <param name="time">Clock.</param>
    public ReadyGateways(ClusterApi api, IReadOnlyList<Uri> first, TimeProvider time)
    {
        (_api, _now, _time) = (api, first, time);
        _following = FollowAsync(_stop.Token);
    }

    /// <summary>Those that are ready.</summary>
    public IReadOnlyList<Uri> Now => _now;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _following;
        }
        catch (OperationCanceledException)
        {
            // How it ends.
        }

        _stop.Dispose();
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(BetweenLooks, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (await _api.GatewaysAsync(cancellationToken) is { Count: > 0 } ready)
            {
                _now = ready;
            }
        }
    }
}
