using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Routes;
using MlopsOperator.Gateway.Forwarding;
using MlopsOperator.Gateway.Hosting;
using MlopsOperator.Gateway.Routes;
using Yarp.ReverseProxy.Forwarder;

namespace MlopsOperator.Gateway.Benchmarks;

/// <summary>The three servers of the comparison.</summary>
internal static class Servers
{
    /// <summary>A model that answers 199 bytes of JSON at once.</summary>
    public static WebApplication Backend()
    {
        var body = new byte[199];
        Array.Fill(body, (byte)' ');
        "{}"u8.CopyTo(body);
        var app = Empty();
        app.Run(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        });
        return app;
    }

    /// <summary>YARP's direct forwarding and nothing else, over the gateway's own client.</summary>
    public static WebApplication PlainYarp(string backend)
    {
        var app = Empty(services => services.AddHttpForwarder().AddSingleton(TimeProvider.System).AddSingleton<ForwardingClient>());
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        var client = app.Services.GetRequiredService<ForwardingClient>().Invoker;
        var config = new ForwarderRequestConfig { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        app.Run(async context => await forwarder.SendAsync(context, "http://127.0.0.1:" + backend, client, config, HttpTransformer.Empty, CancellationToken.None));
        return app;
    }

    /// <summary>The gateway with a canary of 10 % at the same backend, sticky by header.</summary>
    public static WebApplication Gateway(string backend) => GatewayServer.Build(
        new GatewayOptions { Address = IPAddress.Loopback, Port = 0, TelemetryPort = 0 },
        services => services.AddSingleton<IRouteSource>(new OneRoute(int.Parse(backend, CultureInfo.InvariantCulture))));

    /// <summary>Prints its port and serves until its input ends.</summary>
    public static async Task<int> RunAsync(WebApplication app)
    {
        await using (app)
        {
            await app.StartAsync(CancellationToken.None);
            var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            await Console.Out.WriteLineAsync("port " + new Uri(address).Port.ToString(CultureInfo.InvariantCulture));
            await Console.In.ReadToEndAsync(CancellationToken.None);
            await app.StopAsync(CancellationToken.None);
        }

        return 0;
    }

    private static WebApplication Empty(Action<IServiceCollection>? add = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        add?.Invoke(builder.Services);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        return builder.Build();
    }

    private sealed class OneRoute(int port) : IRouteSource
    {
        public async IAsyncEnumerable<RouteSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            RouteBackend Backend(BackendRole role, string revision, int weight) =>
                new() { Role = role, Revision = revision, ModelVersion = "v-" + revision, Service = "delays", Port = port, Weight = weight };
            var route = new GatewayRoute
            {
                Metadata = new V1ObjectMeta { Name = "delays", NamespaceProperty = "models", Uid = "1" },
                Spec = new GatewayRouteSpec
                {
                    Sequence = 1,
                    Backends = [Backend(BackendRole.Stable, "a", 9_000), Backend(BackendRole.Candidate, "b", 1_000)],
                    Sticky = new StickySpec { Header = "x-user" },
                    Salt = "models/delays/1",
                    ExposeVersion = true,
                },
            };
            var slice = new V1EndpointSlice
            {
                AddressType = "IPv4",
                Metadata = new V1ObjectMeta { NamespaceProperty = "models", Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["kubernetes.io/service-name"] = "delays" } },
                Endpoints = [new V1Endpoint { Addresses = ["127.0.0.1"], Conditions = new V1EndpointConditions { Ready = true } }],
            };
            yield return new RouteSnapshot([route], [slice]);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
    }
}
