using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MlopsOperator.ModelServer.Admission;
using MlopsOperator.ModelServer.Endpoints;
using MlopsOperator.ModelServer.Health;
using MlopsOperator.ModelServer.Observing;
using MlopsOperator.ModelServer.Onnx;

namespace MlopsOperator.ModelServer.Hosting;

/// <summary>Builds the server. Nothing but its options configures it: no files, no ASPNETCORE_ variables.</summary>
internal static class ModelServerHost
{
    /// <summary>Builds the server.</summary>
    /// <param name="options">The options.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logging">Says where log lines go.</param>
    /// <returns>The server, not started.</returns>
    public static WebApplication Build(ServerOptions options, TimeProvider time, Action<ILoggingBuilder> logging)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        builder.Services.AddRoutingCore();
        logging(builder.Logging);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);

        // A start that fails is told in a sentence by Program.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(Limits.ShutdownSeconds));
        builder.Services
            .AddSingleton(options)
            .AddSingleton(time)
            .AddSingleton<ServerHealth>()
            .AddSingleton<ServerMetrics>()
            .AddSingleton<RequestGate>()
            .AddSingleton<FaultLog>()
            .AddSingleton<ModelLoader>()
            .AddSingleton<ModelWarmUp>()
            .AddSingleton<InferenceEndpoint>()
            .AddSingleton<ModelEndpoints>()
            .AddSingleton<IHostLifetime, DrainingLifetime>()
            .AddHostedService<ModelLoading>();

        var application = builder.Build();
        application.Use(next => ErrorBodies.Wrap(application.Services.GetRequiredService<ServerHealth>(), application.Logger, next));
        application.UseRouting();
        application.Services.GetRequiredService<ModelEndpoints>().Map(application);
        return application;
    }

    /// <summary>Address that a started server listens on.</summary>
    /// <param name="application">The server.</param>
    /// <returns>Such as http://127.0.0.1:8080.</returns>
    public static string AddressOf(WebApplication application) =>
        application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    private static void Configure(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        if (options.BindAddress is null)
        {
            kestrel.ListenAnyIP(options.Port, Protocol);
        }
        else
        {
            kestrel.Listen(options.BindAddress, options.Port, Protocol);
        }

        // The endpoint bounds bodies itself: Kestrel would close the connection before the client has seen the answer.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(1024, TimeSpan.FromSeconds(5));

        static void Protocol(ListenOptions listener) => listener.Protocols = HttpProtocols.Http1;
    }
}
