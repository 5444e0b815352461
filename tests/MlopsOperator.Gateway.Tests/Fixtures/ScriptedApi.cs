using System.Text;
using System.Threading.Channels;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Gateway.Tests.Fixtures;

/// <summary>An API server with one list for each kind, whose watches give the lines that a test sends, and which can go away.</summary>
internal sealed class ScriptedApi : IKubernetesTransport
{
    private readonly Dictionary<string, Channel<string>> watches = new(StringComparer.Ordinal)
    {
        ["gatewayroutes"] = Channel.CreateUnbounded<string>(),
        ["endpointslices"] = Channel.CreateUnbounded<string>(),
    };

    private volatile bool away;

    public Dictionary<string, string> Lists { get; } = new(StringComparer.Ordinal) { ["gatewayroutes"] = "", ["endpointslices"] = "" };

    public List<string> Asked { get; } = [];

    /// <summary>Sends an event to the watchers of a kind.</summary>
    public void Send(string plural, string type, string @object) =>
        watches[plural].Writer.TryWrite($"{{\"type\":\"{type}\",\"object\":{@object}}}").Should().BeTrue();

    /// <summary>From now on nothing is answered, and open watches break.</summary>
    public void GoAway()
    {
        away = true;
        foreach (var watch in watches.Values)
        {
            watch.Writer.TryComplete();
        }
    }

    public Task<TransportResponse> SendAsync(TransportRequest request, CancellationToken cancellationToken)
    {
        if (away)
        {
            throw new TransportException("connection refused");
        }

        lock (Asked)
        {
            Asked.Add(request.PathAndQuery);
        }

        var plural = Plural(request);
        var list = $"{{\"kind\":\"List\",\"metadata\":{{\"resourceVersion\":\"100\"}},\"items\":[{Lists[plural]}]}}";
        return Task.FromResult(new TransportResponse(200, Encoding.UTF8.GetBytes(list)));
    }

    public Task<IWatchStream> WatchAsync(TransportRequest request, CancellationToken cancellationToken) => away
        ? throw new TransportException("connection refused")
        : Task.FromResult<IWatchStream>(new Stream(watches[Plural(request)].Reader));

    private static string Plural(TransportRequest request) => request.PathAndQuery.Split('?')[0].Split('/')[^1];

    private sealed class Stream(ChannelReader<string> lines) : IWatchStream
    {
        public int Status => 200;

        public async ValueTask<ReadOnlyMemory<byte>?> ReadLineAsync(CancellationToken cancellationToken) =>
            await lines.WaitToReadAsync(cancellationToken) && lines.TryRead(out var line) ? Encoding.UTF8.GetBytes(line) : null;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
