using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MlopsOperator.Gateway.Benchmarks;

/// <summary>Requests over raw connections, so that the generator costs little beside what it measures.</summary>
internal static class Load
{
    /// <summary>As many requests as connections can make one after another; each POSTs 199 bytes.</summary>
    /// <returns>Latencies in microseconds, sorted.</returns>
    public static async Task<double[]> RunAsync(int port, int connections, TimeSpan duration, TimeSpan pause)
    {
        var latencies = new ConcurrentBag<List<double>>();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async connection => latencies.Add(await DriveAsync(port, connection, duration, pause))));
        var all = latencies.SelectMany(each => each).ToArray();
        Array.Sort(all);
        return all;
    }

    private static async Task<List<double>> DriveAsync(int port, int connection, TimeSpan duration, TimeSpan pause)
    {
        var time = TimeProvider.System;
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var request = Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST /v2/models/delays/infer HTTP/1.1\r\nHost: delays.models\r\nx-user: user-{connection}\r\nContent-Type: application/json\r\nContent-Length: 199\r\n\r\n{new string(' ', 199)}"));
        var buffer = new byte[8192];
        var latencies = new List<double>(200_000);
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < duration)
        {
            var sent = time.GetTimestamp();
            await socket.SendAsync(request);
            await ReadAnswerAsync(socket, buffer);
            latencies.Add(time.GetElapsedTime(sent).TotalMicroseconds);
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, time);
            }
        }

        return latencies;
    }

    private static async Task ReadAnswerAsync(Socket socket, byte[] buffer)
    {
        var length = 0;
        while (true)
        {
            var count = await socket.ReceiveAsync(buffer.AsMemory(length));
            length += count;
            var end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (count == 0 || !buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8))
            {
                throw new InvalidOperationException("Unexpected answer: " + Encoding.ASCII.GetString(buffer, 0, length));
            }

            if (end >= 0 && length >= end + 4 + 199)
            {
                return;
            }
        }
    }
}
