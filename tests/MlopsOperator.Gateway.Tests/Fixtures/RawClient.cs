using System.Net.Sockets;
using System.Text;

namespace MlopsOperator.Gateway.Tests.Fixtures;

/// <summary>Sends bytes that no HTTP client would.</summary>
internal static class RawClient
{
    /// <summary>The first line of the answer. The other side may reset the connection after it, as it does when a body never came.</summary>
    public static async Task<string?> StatusLineAsync(Uri gateway, string request, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Host, gateway.Port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadLineAsync(cancellationToken);
    }

    /// <summary>Sends text on a new connection and reads until the other side closes.</summary>
    public static async Task<string> ExchangeAsync(Uri gateway, string request, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Host, gateway.Port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
