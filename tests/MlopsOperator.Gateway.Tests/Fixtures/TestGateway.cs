using System.Net;
using System.Net.Http.Json;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MlopsOperator.Api.Routes;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.Gateway.Hosting;
using MlopsOperator.Gateway.Mirroring;
using MlopsOperator.Gateway.Observing;
using MlopsOperator.Gateway.Routes;
using MlopsOperator.Gateway.Watching;

namespace MlopsOperator.Gateway.Tests.Fixtures;

/// <summary>A whole gateway in this process, on free ports of the loopback.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly WebApplication app;

    private TestGateway(WebApplication app) => this.app = app;

    public Uri Requests { get; private set; } = null!;

    public Uri Telemetry { get; private set; } = null!;

    public ScriptedRouteSource Source { get; private set; } = null!;

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseProxy = false });

    public RouteBoard Board => app.Services.GetRequiredService<RouteBoard>();

    public RevisionRegistry Revisions => app.Services.GetRequiredService<RevisionRegistry>();

    public MirroringForwarder Mirroring => app.Services.GetRequiredService<MirroringForwarder>();

    public GatewayLifetime Lifetime => app.Services.GetRequiredService<GatewayLifetime>();

    public static Task<TestGateway> WithoutRoutesAsync(TimeProvider time, GatewayOptions? options = null)
    {
        var source = new ScriptedRouteSource();
        return StartAsync(time, options, source, services => services.AddSingleton<IRouteSource>(source));
    }

    /// <summary>A gateway that takes its routes from an API server.</summary>
    public static Task<TestGateway> WatchingAsync(IKubernetesTransport api) =>
        StartAsync(TimeProvider.System, null, null, services =>
        {
            services.AddSingleton(api);
            ClusterRoutes.Add(services);
        });

    private static async Task<TestGateway> StartAsync(TimeProvider time, GatewayOptions? options, ScriptedRouteSource? source, Action<IServiceCollection> addRoutes)
    {
        var server = GatewayServer.Build(
            (options ?? new GatewayOptions { DrainDelay = TimeSpan.Zero }) with { Address = IPAddress.Loopback, Port = 0, TelemetryPort = 0 },
            services =>
            {
                services.AddSingleton(time);
                addRoutes(services);
                services.PostConfigure<LoggerFilterOptions>(filter =>
                {
                    filter.Rules.Clear();
                    filter.MinLevel = LogLevel.None;
                });
            });
        await server.StartAsync(TestContext.Current.CancellationToken);
        var gateway = new TestGateway(server) { Source = source! };
        (gateway.Requests, gateway.Telemetry) = GatewayServer.Addresses(server);
        return gateway;
    }

    /// <summary>A gateway with one route, whose stable revision is at <paramref name="stable"/> and whose candidate at <paramref name="candidate"/>.</summary>
    public static async Task<TestGateway> ServingAsync(int stable, int? candidate = null, int weight = 0, Func<GatewayRouteSpec, GatewayRouteSpec>? change = null)
    {
        var gateway = await WithoutRoutesAsync(TimeProvider.System);
        var spec = Manifests.Spec(candidateWeight: candidate is null ? null : weight, portA: stable, portB: candidate ?? 0);
        gateway.Apply([Manifests.Route("delays", change is null ? spec : change(spec))], Manifests.Slice("delays-a", "127.0.0.1"), Manifests.Slice("delays-b", "127.0.0.1"));
        return gateway;
    }

    /// <summary>Puts routes into effect at once.</summary>
    public void Apply(IReadOnlyList<GatewayRoute> routes, params V1EndpointSlice[] slices) => Board.Apply(new RouteSnapshot(routes, slices));

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        request.RequestUri = new Uri(Requests, request.RequestUri!);
        request.Headers.Host ??= "delays.test";
        return await Client.SendAsync(request, completion, cancellationToken);
    }

    public async Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken, string? user = null, string? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Host = host;
        if (user is not null)
        {
            request.Headers.Add("X-User", user);
        }

        return await SendAsync(request, cancellationToken);
    }

    /// <summary>A scrape once nothing is in flight any more: a request is counted when it is over, which its client may see earlier.</summary>
    public async Task<Samples> SettledScrapeAsync(CancellationToken cancellationToken)
    {
        await Eventually.Holds(() => Revisions.ByRoute.Values.SelectMany(cells => cells).All(cells => !cells.IsBusy), "nothing in flight", cancellationToken);
        return await ScrapeAsync(cancellationToken);
    }

    public async Task<Samples> ScrapeAsync(CancellationToken cancellationToken, params string[] routes)
    {
        using var content = JsonContent.Create(new { routes = routes.Length == 0 ? ["models/delays"] : routes });
        using var answer = await Client.PostAsync(new Uri(Telemetry, TelemetryNames.ScrapePath), content, cancellationToken);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return new Samples(await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    public async Task<(HttpStatusCode Status, string Text)> TelemetryAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await Client.GetAsync(new Uri(Telemetry, path), cancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>Ends when the gateway has stopped.</summary>
    public Task Stopped(CancellationToken cancellationToken) => Microsoft.Extensions.Hosting.HostingAbstractionsHostExtensions.WaitForShutdownAsync(app, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var impatient = new CancellationTokenSource(TimeSpan.FromSeconds(5), TimeProvider.System);
        await app.StopAsync(impatient.Token);
        await app.DisposeAsync();
    }
}
