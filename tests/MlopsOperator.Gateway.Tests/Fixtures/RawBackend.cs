using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MlopsOperator.Gateway.Tests.Fixtures;

/// <summary>A backend that answers each connection's first request with given bytes and then closes or resets it.</summary>
internal sealed class RawBackend : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task serving;

    public RawBackend(string answer, bool resets = false)
    {
        listener.Start();
        serving = ServeAsync(Encoding.Latin1.GetBytes(answer), resets);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await serving;
        stopping.Dispose();
    }

    private async Task ServeAsync(byte[] answer, bool resets)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stopping.Token);
                await ReadHeadAsync(client.GetStream());
                await client.GetStream().WriteAsync(answer, stopping.Token);
                client.LingerState = new LingerOption(resets, 0);
                client.Close();
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }

    private async Task ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, stopping.Token);
            if (count == 0)
            {
                return;
            }

            head.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
    }
}
