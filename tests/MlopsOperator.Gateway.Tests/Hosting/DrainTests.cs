using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using MlopsOperator.Gateway.Hosting;
using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Hosting;

public sealed class DrainTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_gateway_that_drains_is_not_ready_but_serves_on_and_closes_its_connections()
    {
        await using var backend = await ModelBackend.StartAsync("a");
        await using var gateway = await TestGateway.ServingAsync(backend.Port);
        (await gateway.TelemetryAsync("/readyz", Cancellation)).Status.Should().Be(HttpStatusCode.OK);

        gateway.Lifetime.Drain(TimeSpan.FromMinutes(1));

        var (status, text) = await gateway.TelemetryAsync("/readyz", Cancellation);
        status.Should().Be(HttpStatusCode.ServiceUnavailable);
        text.Should().Contain("draining");
        (await gateway.TelemetryAsync("/healthz", Cancellation)).Status.Should().Be(HttpStatusCode.OK);
        using var answer = await gateway.GetAsync("/", Cancellation);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.ConnectionClose.Should().BeTrue();
        using var refused = await gateway.GetAsync("/", Cancellation, host: "unknown.test");
        refused.Headers.ConnectionClose.Should().BeTrue();
    }

    [Fact]
    public async Task What_is_in_flight_is_finished_before_the_gateway_stops()
    {
        using var proceed = new SemaphoreSlim(0);
        await using var backend = await ModelBackend.StartAsync(async context =>
        {
            await proceed.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("whole", context.RequestAborted);
        });
        await using var gateway = await TestGateway.ServingAsync(backend.Port);
        var asking = gateway.GetAsync("/", Cancellation);
        await Eventually.Holds(() => backend.Seen.Count == 1, "the request is under way", Cancellation);

        var stopped = gateway.Stopped(Cancellation);
        gateway.Lifetime.Drain(TimeSpan.Zero);
        await Eventually.Holds(() => RefusesAsync(gateway.Requests), "no new connections are taken", Cancellation);
        stopped.IsCompleted.Should().BeFalse();
        proceed.Release();

        using var answer = await asking;
        (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Be("whole");
        await stopped;
    }

    [Fact]
    public async Task A_request_that_outlives_the_drain_timeout_does_not_keep_the_gateway()
    {
        await using var backend = await ModelBackend.StartAsync(context => Task.Delay(TimeSpan.FromMinutes(1), TimeProvider.System, context.RequestAborted));
        await using var gateway = await TestGateway.WithoutRoutesAsync(TimeProvider.System, new GatewayOptions { DrainTimeout = TimeSpan.FromMilliseconds(300) });
        gateway.Apply([Manifests.Route("delays", Manifests.Spec(portA: backend.Port) with { Timeout = "1m" })], Manifests.Slice("delays-a", "127.0.0.1"));
        var asking = gateway.GetAsync("/", Cancellation);
        await Eventually.Holds(() => backend.Seen.Count == 1, "the request is under way", Cancellation);

        var stopped = gateway.Stopped(Cancellation);
        gateway.Lifetime.Drain(TimeSpan.Zero);

        await stopped.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancellation);
        await asking.Awaiting(task => task).Should().ThrowAsync<HttpRequestException>();
    }

    [Fact]
    public async Task A_second_signal_without_delay_ends_the_delay_of_the_first()
    {
        await using var gateway = await TestGateway.WithoutRoutesAsync(TimeProvider.System);
        var stopped = gateway.Stopped(Cancellation);
        gateway.Lifetime.Drain(TimeSpan.FromMinutes(5));

        gateway.Lifetime.Drain(TimeSpan.Zero);

        await stopped.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancellation);
    }

    private static async Task<bool> RefusesAsync(Uri address)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address.Host, address.Port, Cancellation);
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
