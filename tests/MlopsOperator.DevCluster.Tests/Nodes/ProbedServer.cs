using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace MlopsOperator.DevCluster.Tests.Nodes;

/// <summary>An HTTP server on a pod's address that answers what a test says.</summary>
internal sealed class ProbedServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private ProbedServer(WebApplication app) => this.app = app;

    public int Status { get; set; } = 503;

    public string LastPath { get; private set; } = "";

    public static async Task<ProbedServer> StartAsync(string address, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Parse(address), port));
        var server = new ProbedServer(builder.Build());
        server.app.Run(context =>
        {
            server.LastPath = $"{context.Request.Path} {context.Request.Headers["X-Probe"]}";
            context.Response.StatusCode = server.Status;
            return Task.CompletedTask;
        });
        await server.app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
