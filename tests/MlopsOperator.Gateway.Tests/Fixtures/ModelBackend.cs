using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MlopsOperator.Gateway.Tests.Fixtures;

/// <summary>A model server: a real Kestrel on a loopback address, which remembers what it was asked.</summary>
internal sealed class ModelBackend : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<SeenRequest> seen = new();

    private ModelBackend(IPAddress address, int port, RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.Limits.MaxRequestBodySize = null;
            server.Listen(address, port);
        });
        app = builder.Build();
        app.Run(async context =>
        {
            var headers = context.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            seen.Enqueue(new SeenRequest(context.Request.Method, context.Request.Path + context.Request.QueryString, headers));
            await answer(context);
        });
    }

    public string Address { get; private set; } = "";

    public int Port { get; private set; }

    public IReadOnlyCollection<SeenRequest> Seen => seen;

    public static Task<ModelBackend> StartAsync(string text) =>
        StartAsync(context => context.Response.WriteAsync(text, context.RequestAborted));

    public static async Task<ModelBackend> StartAsync(RequestDelegate answer, string address = "127.0.0.1", int port = 0)
    {
        var backend = new ModelBackend(IPAddress.Parse(address), port, answer);
        await backend.app.StartAsync(TestContext.Current.CancellationToken);
        var uri = new Uri(backend.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        (backend.Address, backend.Port) = (uri.Host, uri.Port);
        return backend;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
