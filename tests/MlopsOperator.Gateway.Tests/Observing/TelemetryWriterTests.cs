using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using MlopsOperator.Gateway.Observing;
using MlopsOperator.Gateway.Routes;
using MlopsOperator.Gateway.Tests.Fixtures;
using Prometheus;

namespace MlopsOperator.Gateway.Tests.Observing;

public sealed class TelemetryWriterTests
{
    private readonly RevisionRegistry registry = new(TimeProvider.System);
    private readonly RouteBoard board;
    private readonly TelemetryWriter writer;

    public TelemetryWriterTests()
    {
        board = new RouteBoard(registry, new GatewayCounters(Metrics.NewCustomRegistry()), TimeProvider.System, NullLogger<RouteBoard>.Instance);
        writer = new TelemetryWriter(board, registry, TimeProvider.System);
        Apply(delays: 1, prices: 1);
    }

    [Fact]
    public void A_route_that_changes_while_its_counters_are_written_has_no_sequence_and_the_others_keep_theirs()
    {
        var samples = Write(whenCountersBegin: () => Apply(delays: 2, prices: 1));

        samples.Sequence().Should().BeNull("the counters may hold requests of both");
        samples.Sequence("models/prices").Should().Be(1);
        Write(whenCountersBegin: () => { }).Sequence().Should().Be(2);
    }

    [Fact]
    public void A_route_that_goes_while_its_counters_are_written_has_no_sequence()
    {
        var samples = Write(whenCountersBegin: () => board.Apply(new RouteSnapshot([], [])));

        samples.Sequence().Should().BeNull();
        samples.All.Keys.Should().Contain(key => key.StartsWith("mlops_inflight{route=\"models/delays\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_route_that_is_put_into_effect_again_unchanged_keeps_its_sequence() =>
        Write(whenCountersBegin: () => Apply(delays: 1, prices: 1)).Sequence().Should().Be(1);

    private void Apply(long delays, long prices) => board.Apply(new RouteSnapshot(
        [
            Manifests.Route("delays", Manifests.Spec(sequence: delays)),
            Manifests.Route("prices", Manifests.Spec(host: "prices.test", sequence: prices)),
        ],
        [Manifests.Slice("delays-a", "127.0.0.1")]));

    private Samples Write(Action whenCountersBegin)
    {
        var output = new WatchedBuffer("# HELP mlops_requests_total", whenCountersBegin);
        writer.WriteFine(output, ["models/delays", "models/prices"]);
        output.HasHappened.Should().BeTrue();
        return new Samples(output.Text);
    }

    /// <summary>Does something once a text has been written.</summary>
    private sealed class WatchedBuffer(string text, Action whenWritten) : IBufferWriter<byte>
    {
        private readonly ArrayBufferWriter<byte> inner = new();

        public bool HasHappened { get; private set; }

        public string Text => Encoding.UTF8.GetString(inner.WrittenSpan);

        public void Advance(int count)
        {
            inner.Advance(count);
            if (!HasHappened && Text.Contains(text, StringComparison.Ordinal))
            {
                HasHappened = true;
                whenWritten();
            }
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);
    }
}
