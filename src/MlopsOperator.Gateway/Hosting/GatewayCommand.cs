using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using k8s.Exceptions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MlopsOperator.Api;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Gateway.Hosting;

/// <summary>The command line of the gateway.</summary>
internal static class GatewayCommand
{
    /// <summary>Exit code of a gateway that could not start.</summary>
    public const int CannotStart = 1;

    /// <summary>The command.</summary>
    /// <param name="bindAddress">Value of BIND_ADDRESS, or nothing.</param>
    /// <param name="run">Runs a gateway to its end and gives the exit code.</param>
    public static RootCommand Create(string? bindAddress, Func<GatewayOptions, CancellationToken, Task<int>> run)
    {
        var port = PortOption("--port", 8080, "Port of requests; 0 takes a free one.");
        var telemetry = PortOption("--telemetry-port", 9090, "Port of metrics, scrapes and health; 0 takes a free one.");
        var delay = DurationOption("--drain-delay", TimeSpan.FromSeconds(5), "How long requests are still taken after SIGTERM, such as 5s.");
        var timeout = DurationOption("--drain-timeout", TimeSpan.FromSeconds(30), "How long requests in flight may take after that, such as 30s.");
        var perAddress = new Option<int>("--connections-per-address") { Description = "Connections that one client address may have.", DefaultValueFactory = _ => 500 };
        perAddress.Validators.Add(result => Require(result, result.GetValueOrDefault<int>() > 0, "a number above 0"));
        var command = new RootCommand("The data plane: splits requests between the revisions of models.") { port, telemetry, delay, timeout, perAddress };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            IPAddress? address = null;
            if (!string.IsNullOrEmpty(bindAddress) && !IPAddress.TryParse(bindAddress, out address))
            {
                await Console.Error.WriteLineAsync($"{WellKnown.BindAddressVariable}: found \"{bindAddress}\"; expected an IP address, such as 127.0.0.1.");
                return CannotStart;
            }

            return await run(
                new GatewayOptions
                {
                    Address = address,
                    Port = parsed.GetValue(port),
                    TelemetryPort = parsed.GetValue(telemetry),
                    DrainDelay = parsed.GetValue(delay),
                    DrainTimeout = parsed.GetValue(timeout),
                    ConnectionsPerAddress = parsed.GetValue(perAddress),
                },
                cancellationToken);
        });
        return command;
    }

    /// <summary>Runs a gateway until it is told to stop. What keeps it from starting is a sentence on <paramref name="errors"/>.</summary>
    public static async Task<int> RunAsync(GatewayOptions options, Action<IServiceCollection> addRoutes, TextWriter errors, CancellationToken cancellationToken)
    {
        await using var app = GatewayServer.Build(options, addRoutes);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is not null)
        {
            await errors.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"The gateway cannot listen on ports {options.Port} and {options.TelemetryPort}: {exception.Message} Stop what uses it, or choose others with --port and --telemetry-port."));
            return CannotStart;
        }
        catch (KubeConfigException exception)
        {
            await errors.WriteLineAsync($"The gateway cannot read how to reach the cluster: {exception.Message}. Set KUBECONFIG to a kubeconfig file, or run it in a pod with a service account.");
            return CannotStart;
        }
        catch (SocketException exception)
        {
            await errors.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"The gateway cannot listen on ports {options.Port} and {options.TelemetryPort} of {options.Address?.ToString() ?? "any address"}: {exception.Message}. Choose others with --port, --telemetry-port and {WellKnown.BindAddressVariable}."));
            return CannotStart;
        }

        var (requests, telemetry) = GatewayServer.Addresses(app);
        app.Services.GetRequiredService<ILogger<GatewayLifetime>>().Listening(requests.Authority, telemetry.Authority);
        await app.WaitForShutdownAsync(CancellationToken.None);
        return 0;
    }

    private static Option<int> PortOption(string name, int byDefault, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => byDefault };
        option.Validators.Add(result => Require(result, result.GetValueOrDefault<int>() is >= 0 and <= 65_535, "a port, 0 to 65535"));
        return option;
    }

    private static Option<TimeSpan> DurationOption(string name, TimeSpan byDefault, string description) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => byDefault,
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (GoDuration.TryParse(text, out var duration) && duration.Value <= TimeSpan.FromHours(1))
            {
                return duration.Value;
            }

            result.AddError($"{name}: found \"{text}\"; expected a duration of at most 1h, such as 5s.");
            return byDefault;
        },
    };

    private static void Require(OptionResult result, bool holds, string expected)
    {
        if (!holds)
        {
            result.AddError($"{result.Option.Name}: found \"{string.Join(' ', result.Tokens.Select(token => token.Value))}\"; expected {expected}.");
        }
    }
}
