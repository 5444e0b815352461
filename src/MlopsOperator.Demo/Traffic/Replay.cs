using System.Net;

namespace MlopsOperator.Demo.Traffic;

/// <summary>
/// Sends rows by the clock, one row a request, whatever becomes of the last one: an open loop, so that a slow model does not slow its own load and look
/// well. Requests alternate over the gateways that are ready, as a Service would spread them; one that could not be sent, as there was no connection,
/// goes to the next, as an ingress does it.
/// </summary>
internal sealed class Replay(IReadOnlyList<FlightRow> rows, Func<IReadOnlyList<Uri>> gateways, string host, double requestsPerSecond, TrafficLog log) : IAsyncDisposable
{
    private const int InFlightLimit = 5_000;

    // Below what a gateway takes from one address, 500: as a client's pool, or an ingress, it queues rather than being refused.
    private const int ConnectionsPerGateway = 400;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxConnectionsPerServer = ConnectionsPerGateway,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    });

    private int _inFlight;
    private long _next;

    /// <summary>Which rows are sent; all at first.</summary>
    public Func<FlightRow, bool> Sends { get; set; } = _ => true;

    /// <summary>Sends until cancelled, then waits for the answers that are still out.</summary>
    public async Task RunAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var started = time.GetTimestamp();
        long sent = 0;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var due = (long)(time.GetElapsedTime(started).TotalSeconds * requestsPerSecond);
                for (; sent < due; sent++)
                {
                    if (Interlocked.Increment(ref _inFlight) > InFlightLimit)
                    {
                        Interlocked.Decrement(ref _inFlight);
                        log.Add(null, TrafficLog.NoAnswer);
                        continue;
                    }

                    _ = SendAsync(sent, Next(), time);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await DrainAsync(time);
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The next row of those that are sent; where none is, the next of all.</summary>
    private FlightRow Next()
    {
        for (var looked = 0; looked < rows.Count; looked++)
        {
            var row = rows[(int)(_next++ % rows.Count)];
            if (Sends(row))
            {
                return row;
            }
        }

        return rows[(int)(_next++ % rows.Count)];
    }

    private async Task DrainAsync(TimeProvider time)
    {
        using var timer = new PeriodicTimer(Tick, time);
        while (Volatile.Read(ref _inFlight) > 0 && await timer.WaitForNextTickAsync())
        {
        }
    }

    private async Task SendAsync(long turn, FlightRow row, TimeProvider time)
    {
        using var deadline = new CancellationTokenSource(Patience, time);
        var started = time.GetUtcNow();
        var ready = gateways();
        var gateway = ready[(int)(turn % ready.Count)];
        try
        {
            try
            {
                await SendToAsync(gateway, row, started, time, deadline.Token);
            }
            catch (HttpRequestException error) when (error.HttpRequestError is HttpRequestError.ConnectionError && ready.Count > 1)
            {
                gateway = ready[(int)((turn + 1) % ready.Count)];
                await SendToAsync(gateway, row, started, time, deadline.Token);
            }
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            log.Add(null, TrafficLog.NoAnswer);
            log.Remember(new FailedRequest(started, time.GetUtcNow(), gateway, TrafficLog.NoVersion, TrafficLog.NoAnswer, error.GetBaseException().Message));
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private async Task SendToAsync(Uri gateway, FlightRow row, DateTimeOffset started, TimeProvider time, CancellationToken deadline)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, "/v2/models/delays/infer"));
        request.Headers.Host = host;
        request.Headers.TryAddWithoutValidation("x-route-key", row.Route);
        request.Content = new ByteArrayContent(row.Body);
        request.Content.Headers.ContentType = new("application/json");
        using var response = await _http.SendAsync(request, deadline);
        var answer = await response.Content.ReadAsStringAsync(deadline);
        var (version, status) = (response.Headers.TryGetValues("x-mlops-version", out var versions) ? versions.First() : null, (int)response.StatusCode);
        log.Add(version, status);
        if (TrafficLog.IsError(status))
        {
            log.Remember(new FailedRequest(started, time.GetUtcNow(), gateway, version ?? TrafficLog.NoVersion, status, answer));
        }
    }
}
