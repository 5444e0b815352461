using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MlopsOperator.ModelServer.Health;
using MlopsOperator.ModelServer.Hosting;
using Microsoft.Extensions.Logging;

namespace MlopsOperator.ModelServer.Tests.Servers;

/// <summary>The real server, on a free port of this machine.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly WebApplication application;

    private TestServer(WebApplication application, RecordedLog log)
    {
        this.application = application;
        Log = log;
        Client = new HttpClient { BaseAddress = new Uri(ModelServerHost.AddressOf(application)) };
    }

    public HttpClient Client { get; }

    public RecordedLog Log { get; }

    public IServiceProvider Services => application.Services;

    public ServerHealth Health => Services.GetRequiredService<ServerHealth>();

    public static ServerOptions Options(string path) => new()
    {
        ModelName = "delays",
        ModelVersion = "2",
        ModelPath = path,
        BindAddress = IPAddress.Loopback,
        Port = 0,
    };

    /// <summary>Starts a server and waits until its model is loaded, or has failed.</summary>
    public static async Task<TestServer> StartAsync(ServerOptions options)
    {
        var log = new RecordedLog();
        var host = ModelServerHost.Build(options, TimeProvider.System, logging => logging.AddProvider(log));
        await host.StartAsync(TestContext.Current.CancellationToken);
        var server = new TestServer(host, log);
        await UntilAsync(() => server.Health.State != ModelState.Loading, "the model is loaded or has failed");
        return server;
    }

    public static Task<TestServer> StartAsync(string model) => StartAsync(Options(Paths.Model(model)));

    public async Task<Reply> GetAsync(string path) => await Reply.FromAsync(await Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));

    public Task<Reply> InferAsync(string json, string path = "/v2/models/delays/infer") => PostAsync(path, Encoding.UTF8.GetBytes(json), "application/json");

    public async Task<Reply> PostAsync(string path, byte[] body, string? type, Action<HttpRequestMessage>? adjust = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        adjust?.Invoke(request);
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Reply.FromAsync(response);
    }

    /// <summary>Waits for a condition; fails by the deadline with what was waited for.</summary>
    public static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    /// <summary>Waits for a condition; fails by the deadline with what was waited for.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Deadline)
            {
                throw new TimeoutException($"Waited in vain until {what}.");
            }

            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await application.StopAsync(CancellationToken.None);
        await application.DisposeAsync();
    }
}
