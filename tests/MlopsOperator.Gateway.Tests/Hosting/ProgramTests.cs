using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MlopsOperator.Gateway.Hosting;
using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Hosting;

/// <summary>The program as a process of its own: signals and exit codes.</summary>
public sealed class ProgramTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SIGTERM_makes_it_not_ready_serve_on_for_the_delay_and_end_well()
    {
        using var process = Start(null, "--port", "0", "--telemetry-port", "0", "--drain-delay", "2s");
        var telemetry = await TelemetryOfAsync(process);
        using var client = new HttpClient();
        (await StatusAsync(client, new Uri(telemetry, "/healthz"))).Should().Be(HttpStatusCode.OK);

        await SignalAsync("TERM", process);

        await Eventually.Holds(async () => (await client.GetStringAsync(new Uri(telemetry, "/metrics"), Cancellation)).Length > 0 && (await ReadyTextAsync(client, telemetry)).Contains("draining", StringComparison.Ordinal), "it drains", Cancellation);
        process.HasExited.Should().BeFalse();
        await EndsAsync(process);
        process.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task SIGINT_ends_it_well_without_delay()
    {
        using var process = Start(null, "--port", "0", "--telemetry-port", "0", "--drain-delay", "10m");
        await TelemetryOfAsync(process);

        await SignalAsync("INT", process);

        await EndsAsync(process);
        process.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task A_port_in_use_is_one_sentence_on_stderr()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var process = Start(null, "--port", ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture), "--telemetry-port", "0");

        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var errors = await process.StandardError.ReadToEndAsync(Cancellation);
        await EndsAsync(process);

        process.ExitCode.Should().Be(GatewayCommand.CannotStart);
        errors.Trim().Should().StartWith("The gateway cannot listen").And.NotContain("\n");
        (await output).Should().NotContain("   at ");
    }

    [Fact]
    public async Task A_kubeconfig_that_cannot_be_read_is_one_sentence_on_stderr()
    {
        using var process = Start("/nowhere/kubeconfig", "--port", "0", "--telemetry-port", "0");

        var errors = await process.StandardError.ReadToEndAsync(Cancellation);
        await EndsAsync(process);

        process.ExitCode.Should().Be(GatewayCommand.CannotStart);
        errors.Trim().Should().StartWith("The gateway cannot read how to reach the cluster").And.Contain("/nowhere/kubeconfig").And.NotContain("\n");
    }

    private static Process Start(string? kubeconfig, params string[] arguments)
    {
        // A shell that starts a test run in the background has it ignore SIGINT, and what it starts inherits that.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", typeof(GatewayCommand).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["BIND_ADDRESS"] = "127.0.0.1", ["KUBECONFIG"] = kubeconfig ?? Path.Combine(AppContext.BaseDirectory, "Fixtures", "nowhere.kubeconfig") },
        };
        return Process.Start(start)!;
    }

    /// <summary>Waits until it has ended; one that does not is killed, so that a fault of it is a failure and not a run without end.</summary>
    private static async Task EndsAsync(Process process)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("the gateway did not end within a minute", late);
        }
    }

    private static async Task<Uri> TelemetryOfAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync(Cancellation) is { } line)
        {
            if (Regex.Match(line, "telemetry on (?<address>\\S+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)) is { Success: true } match)
            {
                return new Uri("http://" + match.Groups["address"].Value);
            }
        }

        throw new InvalidOperationException("The gateway ended: " + await process.StandardError.ReadToEndAsync(Cancellation));
    }

    private static async Task SignalAsync(string signal, Process process)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancellation);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, Uri address)
    {
        using var answer = await client.GetAsync(address, Cancellation);
        return answer.StatusCode;
    }

    private static async Task<string> ReadyTextAsync(HttpClient client, Uri telemetry)
    {
        using var answer = await client.GetAsync(new Uri(telemetry, "/readyz"), Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }
}
