using System.Globalization;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Nodes.Pods;

namespace MlopsOperator.DevCluster.Nodes.Probes;

/// <summary>Runs a handler, of a probe or of a hook, against a container: httpGet, tcpSocket, exec.</summary>
internal sealed class ProbeRunner : IDisposable
{
    private readonly HttpClient http;
    private readonly TimeProvider time;

    public ProbeRunner(TimeProvider time)
    {
        this.time = time;
#pragma warning disable CA2000 // The client disposes its handler.
        http = new HttpClient(Handler(), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 64 * 1_024 };
#pragma warning restore CA2000
    }

    public void Dispose() => http.Dispose();

    /// <param name="container">The container as the pod says it.</param>
    /// <param name="handler">The object that holds httpGet, tcpSocket or exec.</param>
    /// <param name="address">Address of the pod.</param>
    /// <param name="run">The incarnation that commands run in.</param>
    /// <param name="timeout">Time it may take.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<ProbeResult> RunAsync(JsonObject container, JsonObject handler, string address, IContainerRun run, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            if (handler.Child("httpGet") is { } get)
            {
                return await GetAsync(container, get, address, either.Token);
            }

            if (handler.Child("tcpSocket") is { } tcp)
            {
                return await ConnectAsync(container, tcp, address, either.Token);
            }

            if (handler.Child("exec") is { } exec)
            {
                var (code, output) = await run.ExecuteAsync(exec.Texts("command"), either.Token);
                return new ProbeResult(code == 0, output);
            }

            return new ProbeResult(false, "DevCluster runs httpGet, tcpSocket and exec handlers only");
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new ProbeResult(false, $"timed out after {timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException or IOException or FormatException or InvalidOperationException)
        {
            return new ProbeResult(false, exception.Message);
        }
    }

    private static SocketsHttpHandler Handler()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false };

        // As the kubelet: certificates of pods are not verified.
#pragma warning disable CA5359
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        return handler;
    }

    private async Task<ProbeResult> GetAsync(JsonObject container, JsonObject get, string address, CancellationToken cancellationToken)
    {
        if (ProbeSpec.Port(container, get) is not { } port)
        {
            return new ProbeResult(false, $"couldn't find port: {get.Text("port")}");
        }

        var scheme = get.Text("scheme") is "HTTPS" ? "https" : "http";
        var path = get.Text("path") ?? "/";
        var text = string.Create(CultureInfo.InvariantCulture, $"{scheme}://{get.Text("host") ?? address}:{port}{(path.StartsWith('/') ? "" : "/")}{path}");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(text));
        request.Headers.TryAddWithoutValidation("User-Agent", "kube-probe/1.36");
        foreach (var header in get.Items("httpHeaders"))
        {
            request.Headers.TryAddWithoutValidation(header.Text("name") ?? "", header.Text("value"));
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var code = (int)response.StatusCode;
        return new ProbeResult(code is >= 200 and < 400, string.Create(CultureInfo.InvariantCulture, $"HTTP probe failed with statuscode: {code}"));
    }

    private static async Task<ProbeResult> ConnectAsync(JsonObject container, JsonObject tcp, string address, CancellationToken cancellationToken)
    {
        if (ProbeSpec.Port(container, tcp) is not { } port)
        {
            return new ProbeResult(false, $"couldn't find port: {tcp.Text("port")}");
        }

        using var socket = new TcpClient();
        await socket.ConnectAsync(tcp.Text("host") ?? address, port, cancellationToken);
        return new ProbeResult(true, "");
    }
}
