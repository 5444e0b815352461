using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.Gateway.Forwarding;
using MlopsOperator.Gateway.Mirroring;
using MlopsOperator.Gateway.Observing;
using MlopsOperator.Gateway.Requests;
using MlopsOperator.Gateway.Routes;
using Prometheus;

namespace MlopsOperator.Gateway.Hosting;

/// <summary>Puts the gateway together.</summary>
internal static class GatewayServer
{
    /// <summary>A gateway that is not started. The caller adds an <see cref="IRouteSource"/>, and may put a TimeProvider and a CollectorRegistry of its own.</summary>
    public static WebApplication Build(GatewayOptions options, Action<IServiceCollection> addRoutes)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // A start that fails is one sentence on stderr, not the host's stack trace.
        WebApplication? started = null;
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && started?.Lifetime.ApplicationStarted.IsCancellationRequested == true);

        // Every request that ends badly would be a line here, and clients decide how many those are; counters tell as much.
        builder.Logging.AddFilter("Yarp", LogLevel.Error);
        AddGateway(builder.Services, options);
        addRoutes(builder.Services);
        var limiter = new ConnectionLimiter(options.ConnectionsPerAddress);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => KestrelSetup.Apply(server, options, limiter));
        var app = started = builder.Build();
        var requests = app.Services.GetRequiredService<GatewayHandler>();
        var telemetry = app.Services.GetRequiredService<TelemetryEndpoints>();
        app.Run(context => context.Features.Get<TelemetryConnection>() is null ? requests.HandleAsync(context) : telemetry.HandleAsync(context));
        return app;
    }

    /// <summary>Addresses of a started gateway: requests, then telemetry.</summary>
    public static (Uri Requests, Uri Telemetry) Addresses(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        return (new Uri(addresses[0]), new Uri(addresses[1]));
    }

    private static void AddGateway(IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(ProcessMetrics.Register(Metrics.NewCustomRegistry()));
        services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = options.DrainTimeout;

            // What stops one watch would stop it in every gateway at once; the last routes serve on.
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
        });
        services.AddSingleton<DrainState>();
        services.AddSingleton<GatewayLifetime>();
        services.Replace(ServiceDescriptor.Singleton<IHostLifetime>(provider => provider.GetRequiredService<GatewayLifetime>()));
        services.AddHttpForwarder();
        services.AddSingleton<ForwardingClient>();
        services.AddSingleton<AnswerHeaders>();
        services.AddSingleton<GatewayCounters>();
        services.AddSingleton<RevisionRegistry>();
        services.AddSingleton<RouteBoard>();
        services.AddHostedService<RouteUpdater>();
        services.AddSingleton<RevisionForwarder>();
        services.AddSingleton<MirrorClient>();
        services.AddSingleton<MirrorSender>();
        services.AddSingleton<PairJudge>();
        services.AddSingleton<MirrorQueue>();
        services.AddSingleton<MirroringForwarder>();
        services.AddSingleton<GatewayHandler>();
        services.AddSingleton<TelemetryWriter>();
        services.AddSingleton<TelemetryEndpoints>();
    }
}
