using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using MlopsOperator.Gateway.Hosting;
using MlopsOperator.Gateway.Routes;
using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Hosting;

public sealed class GatewayCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_arguments_the_defaults_hold() =>
        (await ParseAsync(null)).Options.Should().Be(new GatewayOptions());

    [Fact]
    public async Task Arguments_and_the_bind_address_are_taken()
    {
        var (code, options, _) = await ParseAsync("127.0.0.7", "--port", "81", "--telemetry-port", "0", "--drain-delay", "125ms", "--drain-timeout", "1m30s", "--connections-per-address", "7");

        code.Should().Be(0);
        options.Should().Be(new GatewayOptions
        {
            Address = IPAddress.Parse("127.0.0.7"),
            Port = 81,
            TelemetryPort = 0,
            DrainDelay = TimeSpan.FromMilliseconds(125),
            DrainTimeout = TimeSpan.FromSeconds(90),
            ConnectionsPerAddress = 7,
        });
    }

    [Theory]
    [InlineData("--port", "65536", "expected a port, 0 to 65535")]
    [InlineData("--telemetry-port", "-1", "expected a port, 0 to 65535")]
    [InlineData("--drain-delay", "5", "--drain-delay: found \"5\"; expected a duration")]
    [InlineData("--drain-timeout", "2h", "--drain-timeout: found \"2h\"")]
    [InlineData("--connections-per-address", "0", "expected a number above 0")]
    public async Task A_bad_argument_is_told_and_nothing_starts(string name, string value, string expected)
    {
        var (code, options, errors) = await ParseAsync(null, name, value);

        code.Should().NotBe(0);
        options.Should().BeNull();
        errors.Should().Contain(expected);
    }

    [Fact]
    public async Task A_port_in_use_is_a_plain_sentence_and_a_failure()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var errors = new StringWriter(CultureInfo.InvariantCulture);

        var code = await GatewayCommand.RunAsync(
            new GatewayOptions { Address = IPAddress.Loopback, Port = port, TelemetryPort = 0 },
            services => services.AddSingleton<IRouteSource>(new ScriptedRouteSource()),
            errors,
            Cancellation);

        code.Should().Be(GatewayCommand.CannotStart);
        errors.ToString().Should().Contain("cannot listen").And.Contain(port.ToString(CultureInfo.InvariantCulture)).And.Contain("--port").And.NotContain("   at ");
    }

    [Fact]
    public async Task One_address_has_only_so_many_connections()
    {
        await using var gateway = await TestGateway.WithoutRoutesAsync(TimeProvider.System, new GatewayOptions { ConnectionsPerAddress = 2 });
        using var first = new TcpClient();
        using var second = new TcpClient();
        using var third = new TcpClient();
        (await IsServedAsync(first, gateway.Requests)).Should().BeTrue();
        (await IsServedAsync(second, gateway.Requests)).Should().BeTrue();
        (await IsServedAsync(third, gateway.Requests)).Should().BeFalse();

        first.Close();
        await Eventually.Holds(
            async () =>
            {
                using var fourth = new TcpClient();
                return await IsServedAsync(fourth, gateway.Requests);
            },
            "a place is free again",
            Cancellation);
        (await gateway.TelemetryAsync("/healthz", Cancellation)).Status.Should().Be(HttpStatusCode.OK, "telemetry has its own connections");
    }

    private static async Task<bool> IsServedAsync(TcpClient client, Uri address)
    {
        try
        {
            await client.ConnectAsync(address.Host, address.Port, Cancellation);
            await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: delays.test\r\n\r\n"u8.ToArray(), Cancellation);
            return await client.GetStream().ReadAsync(new byte[1], Cancellation) == 1;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return false;
        }
    }

    private static async Task<(int Code, GatewayOptions? Options, string Errors)> ParseAsync(string? address, params string[] arguments)
    {
        GatewayOptions? seen = null;
        using var errors = new StringWriter(CultureInfo.InvariantCulture);
        var command = GatewayCommand.Create(address, (options, _) =>
        {
            seen = options;
            return Task.FromResult(0);
        });
        var code = await command.Parse(arguments).InvokeAsync(new InvocationConfiguration { Error = errors, Output = TextWriter.Null }, Cancellation);
        return (code, seen, errors.ToString());
    }
}
