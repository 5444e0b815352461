using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using k8s.Models;
using MlopsOperator.Api.Routes;
using MlopsOperator.Gateway.Observing;
using MlopsOperator.Gateway.Routes;
using MlopsOperator.Gateway.Tests.Fixtures;
using Prometheus;

namespace MlopsOperator.Gateway.Tests.Routes;

public sealed class RouteBoardTests
{
    private readonly FakeTimeProvider time = new();
    private readonly RevisionRegistry registry;
    private readonly GatewayCounters counters = new(Metrics.NewCustomRegistry());
    private readonly RouteBoard board;

    public RouteBoardTests()
    {
        registry = new RevisionRegistry(time);
        board = new RouteBoard(registry, counters, time, NullLogger<RouteBoard>.Instance);
    }

    [Fact]
    public void A_route_that_does_not_validate_keeps_its_last_good_version_and_harms_no_other()
    {
        Apply([Route("good", Manifests.Spec("good.test")), Route("bad", Manifests.Spec("bad.test", sequence: 3))]);

        Apply([Route("good", Manifests.Spec("good.test", sequence: 2)), Route("bad", Manifests.Spec("bad.test", sequence: 4) with { Timeout = "soon" })]);
        Apply([Route("good", Manifests.Spec("good.test", sequence: 2)), Route("bad", Manifests.Spec("bad.test", sequence: 4) with { Timeout = "soon" })]);

        board.Table.Find("good.test", "/")!.Plan.Sequence.Should().Be(2);
        board.Table.Find("bad.test", "/")!.Plan.Sequence.Should().Be(3);
        counters.RoutesRefused.Value.Should().Be(1);
        counters.RouteRefusals.Value.Should().Be(1, "one reason is told once, however often it is seen");

        Apply([Route("bad", Manifests.Spec("bad.test", sequence: 5))]);
        board.Table.Find("bad.test", "/")!.Plan.Sequence.Should().Be(5);
        board.Table.Find("good.test", "/").Should().BeNull();
        counters.RoutesRefused.Value.Should().Be(0);
    }

    [Fact]
    public void A_kept_route_still_follows_its_endpoints()
    {
        Apply([Route("delays", Manifests.Spec())], Manifests.Slice("delays-a", "10.0.0.1"));

        Apply([Route("delays", Manifests.Spec() with { Path = "?" })], Manifests.Slice("delays-a", "10.0.0.2"));

        board.Table.Find("delays.test", "/")!.Stable!.Endpoints.Single().Address.Should().Be("10.0.0.2:8080");
    }

    [Fact]
    public void A_sequence_never_goes_back_unless_the_object_is_another()
    {
        Apply([Route("delays", Manifests.Spec(sequence: 7))]);

        Apply([Route("delays", Manifests.Spec(sequence: 6) with { Timeout = "1s" })]);
        board.Table.Find("delays.test", "/")!.Plan.Sequence.Should().Be(7);

        Apply([Manifests.Route("delays", Manifests.Spec(sequence: 1), uid: "another")]);
        board.Table.Find("delays.test", "/")!.Plan.Sequence.Should().Be(1);
    }

    [Fact]
    public void A_sequence_is_reported_once_each_weighted_revision_has_an_endpoint()
    {
        var stable = Manifests.Slice("delays-a", "10.0.0.1");
        Apply([Route("delays", Manifests.Spec(sequence: 1))], stable);
        Reported().Should().Be(1);

        Apply([Route("delays", Manifests.Spec(candidateWeight: 0, sequence: 2))], stable);
        Reported().Should().Be(2, "a revision of weight 0 needs none");

        Apply([Route("delays", Manifests.Spec(candidateWeight: 1_000, sequence: 3))], stable);
        Reported().Should().Be(2);

        Apply([Route("delays", Manifests.Spec(candidateWeight: 1_000, sequence: 3))], stable, Manifests.Slice("delays-b", "10.0.0.2"));
        Reported().Should().Be(3);

        Apply([Route("delays", Manifests.Spec(candidateWeight: 1_000, sequence: 3))], stable);
        Reported().Should().Be(3, "what was reported stays so");
    }

    [Fact]
    public void A_sequence_is_reported_after_five_seconds_at_the_latest()
    {
        Apply([Route("delays", Manifests.Spec(sequence: 4))]);
        Reported().Should().BeNull();
        time.Advance(TimeSpan.FromSeconds(4.9));
        Apply([Route("delays", Manifests.Spec(sequence: 4))]);
        Reported().Should().BeNull("seeing the route again does not start the time again, nor end it");

        time.Advance(TimeSpan.FromSeconds(0.1));

        Reported().Should().Be(4);
    }

    [Fact]
    public void Counters_stay_ten_minutes_after_no_route_names_their_revision()
    {
        Apply([Route("delays", Manifests.Spec(candidateWeight: 1_000, sequence: 1))]);
        var cells = registry.Get("models/delays", "b");
        cells.Count(Outcome.Status(200), TimeSpan.FromMilliseconds(1));

        Apply([Route("delays", Manifests.Spec(sequence: 2))]);
        time.Advance(TimeSpan.FromMinutes(9));
        Apply([Route("delays", Manifests.Spec(sequence: 2))]);
        registry.ByRoute["models/delays"].Should().Contain(cells);

        Apply([Route("delays", Manifests.Spec(candidateWeight: 1_000, sequence: 3))]);
        registry.Get("models/delays", "b").Should().BeSameAs(cells, "a revision that comes back counts on");

        Apply([Route("delays", Manifests.Spec(sequence: 4))]);
        time.Advance(TimeSpan.FromMinutes(10));
        Apply([Route("delays", Manifests.Spec(sequence: 4))]);
        registry.ByRoute["models/delays"].Should().NotContain(cells);
    }

    [Fact]
    public void Host_conflicts_are_counted()
    {
        Apply([Route("one", Manifests.Spec()), Route("two", Manifests.Spec())]);
        counters.HostConflicts.Value.Should().Be(1);

        Apply([Route("one", Manifests.Spec())]);
        counters.HostConflicts.Value.Should().Be(0);
    }

    private static GatewayRoute Route(string name, GatewayRouteSpec spec) => Manifests.Route(name, spec);

    private void Apply(IReadOnlyList<GatewayRoute> routes, params V1EndpointSlice[] slices) => board.Apply(new RouteSnapshot(routes, slices));

    private long? Reported() => board.Table.Routes["models/delays"].Acknowledgement.Reported(time);
}
