using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MlopsOperator.ModelServer.Tests.Servers;

namespace MlopsOperator.ModelServer.Tests.Hosting;

/// <summary>The program as a process: start, signals, exit codes.</summary>
public sealed class ServerProcessTests
{
    [Fact]
    public async Task A_server_that_is_told_to_stop_finishes_what_it_began_and_ends_with_0()
    {
        var port = FreePort();
        using var process = Start(port, ("DRAIN_SECONDS", "1"));
        using var client = new HttpClient { BaseAddress = new Uri("http://127.0.0.1:" + port) };
        (await ReadyAsync(client, process)).Should().Be(HttpStatusCode.OK);
        using var begun = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await begun.ConnectAsync(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture), TestContext.Current.CancellationToken);
        var body = Requests.One();
        await begun.SendAsync(System.Text.Encoding.UTF8.GetBytes($"POST /v2/models/delays/infer HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n{body[..10]}"), TestContext.Current.CancellationToken);

        await TerminateAsync(process);
        var ready = await ReadyAsync(client, process, HttpStatusCode.ServiceUnavailable);
        await begun.SendAsync(System.Text.Encoding.UTF8.GetBytes(body[10..]), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(new NetworkStream(begun));
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        ready.Should().Be(HttpStatusCode.ServiceUnavailable, "it still answers while gateways learn of it");
        answer.Should().StartWith("HTTP/1.1 200 OK");
        process.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task A_port_in_use_is_told_in_a_sentence()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        using var process = Start(port);

        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        errors.Trim().Should().Be($"Port {port} of 127.0.0.1 is in use. Stop what listens there, or set PORT.");
        process.ExitCode.Should().Be(1);
    }

    [Fact]
    public async Task A_wrong_environment_is_told_in_sentences()
    {
        using var process = Start("eighty", ("MODEL_PATH", ""));

        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        errors.Should().Contain("MODEL_PATH is not set").And.Contain("PORT: found \"eighty\"").And.NotContain("   at ");
        process.ExitCode.Should().Be(2);
    }

    private static Process Start(string port, params (string Name, string Value)[] more)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "MlopsOperator.ModelServer.dll")]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in ((string Name, string Value)[])[("MODEL_NAME", "delays"), ("MODEL_VERSION", "2"), ("MODEL_PATH", Paths.Model("delays-v2")), ("BIND_ADDRESS", "127.0.0.1"), ("PORT", port), .. more])
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static async Task TerminateAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Asks until the wanted status comes, or the process ends.</summary>
    private static async Task<HttpStatusCode?> ReadyAsync(HttpClient client, Process process, HttpStatusCode wanted = HttpStatusCode.OK)
    {
        HttpStatusCode? last = null;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (!process.HasExited && last != wanted && !deadline.IsCancellationRequested)
        {
            try
            {
                using var response = await client.GetAsync(new Uri("/v2/health/ready", UriKind.Relative), deadline.Token);
                last = response.StatusCode;
            }
            catch (HttpRequestException)
            {
                await Task.Yield();
            }
        }

        return last;
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
