using System.Net;
using System.Net.Sockets;
using System.Text;
using MlopsOperator.Demo.Traffic;

namespace MlopsOperator.Demo.Tests.Traffic;

public sealed class ReplayTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_that_finds_no_connection_goes_to_the_next_gateway()
    {
        using var gateway = Gateway.Start(answers: true);
        var log = await SendAsync([Nobody(), gateway.Address]);

        log.ByVersion().Should().ContainSingle().Which.Key.Should().Be("delays-v1");
        log.Failures("none").Should().BeEmpty();
    }

    [Fact]
    public async Task A_request_that_was_sent_and_got_no_answer_is_an_error_and_is_not_sent_again()
    {
        using var breaking = Gateway.Start(answers: false);
        using var gateway = Gateway.Start(answers: true);
        var log = await SendAsync([breaking.Address, gateway.Address]);

        var failures = log.Failures("delays-v1");
        failures.Should().NotBeEmpty().And.OnlyContain(failure => failure.Gateway == breaking.Address && failure.Status == TrafficLog.NoAnswer && failure.Ended >= failure.Started);
        log.ByVersion()["delays-v1"].Errors.Should().Be(0);
    }

    private static async Task<TrafficLog> SendAsync(IReadOnlyList<Uri> gateways)
    {
        var log = new TrafficLog();
        await using var replay = new Replay([new FlightRow("BOS-SFO", "{}"u8.ToArray())], () => gateways, "delays.example.com", 200, log);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var sending = replay.RunAsync(TimeProvider.System, stop.Token);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        while (log.Total().Requests < 20 && await timer.WaitForNextTickAsync(limit.Token))
        {
        }

        await stop.CancelAsync();
        await sending;
        return log;
    }

    /// <summary>An address where nobody listens: the port was free a moment ago.</summary>
    private static Uri Nobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return Gateway.AddressOf(listener);
    }

    /// <summary>Takes each connection's first request, and answers it or breaks off.</summary>
    private sealed class Gateway : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public Uri Address => AddressOf(_listener);

        public static Gateway Start(bool answers)
        {
            var gateway = new Gateway();
            gateway._listener.Start();
            _ = gateway.AcceptAsync(answers);
            return gateway;
        }

        public static Uri AddressOf(TcpListener listener) => new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port).Uri;

        public void Dispose() => _listener.Dispose();

        private async Task AcceptAsync(bool answers)
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync(Cancelled);
                    var stream = client.GetStream();
                    var text = new StringBuilder();
                    var buffer = new byte[4_096];
                    while (!text.ToString().EndsWith("{}", StringComparison.Ordinal) && await stream.ReadAsync(buffer, Cancelled) is > 0 and var read)
                    {
                        text.Append(Encoding.UTF8.GetString(buffer, 0, read));
                    }

                    if (answers)
                    {
                        await stream.WriteAsync("HTTP/1.1 200 OK\r\nx-mlops-version: delays-v1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"u8.ToArray(), Cancelled);
                    }
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException or OperationCanceledException)
            {
                // The test is over.
            }
        }
    }
}
