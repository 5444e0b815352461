using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MlopsOperator.ModelServer.Health;
using MlopsOperator.ModelServer.Hosting;
using MlopsOperator.ModelServer.Tests.Servers;

namespace MlopsOperator.ModelServer.Tests.Hosting;

public sealed class DrainingLifetimeTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly ServerHealth health = new();
    private readonly StoppableApplication application = new();
    private readonly DrainingLifetime lifetime;

    public DrainingLifetimeTests() =>
        lifetime = new DrainingLifetime(TestServer.Options("/model.onnx"), health, application, time, NullLogger<DrainingLifetime>.Instance);

    public void Dispose() => lifetime.Dispose();

    [Fact]
    public void The_listener_stays_open_while_gateways_learn_that_the_pod_goes()
    {
        lifetime.Stop(TimeSpan.FromSeconds(5));

        health.NotReadyReason.Should().Be("the server is stopping");
        time.Advance(TimeSpan.FromSeconds(4.9));
        application.Stops.Should().Be(0);
        time.Advance(TimeSpan.FromSeconds(0.1));
        application.Stops.Should().Be(1);
    }

    [Fact]
    public void A_second_signal_ends_the_wait()
    {
        lifetime.Stop(TimeSpan.FromSeconds(5));
        lifetime.Stop(TimeSpan.FromSeconds(5));

        application.Stops.Should().Be(1);
    }

    [Fact]
    public void Without_a_wait_it_stops_at_once()
    {
        lifetime.Stop(TimeSpan.Zero);

        health.IsStopping.Should().BeTrue();
        application.Stops.Should().Be(1);
    }

    private sealed class StoppableApplication : IHostApplicationLifetime
    {
        public int Stops { get; private set; }

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => Stops++;
    }
}
