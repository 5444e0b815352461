using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using MlopsOperator.Operator.Caching;
using MlopsOperator.Operator.Configuration;
using MlopsOperator.Operator.Evidence.Scraping;
using MlopsOperator.Operator.Tests.Deployments;
using MlopsOperator.Operator.Traffic.BuiltIn;

namespace MlopsOperator.Operator.Tests.Traffic.BuiltIn;

public sealed class GatewayDirectoryTests
{
    private static readonly V1EndpointConditions Ready = new() { Ready = true, Serving = true, Terminating = false };
    private static readonly V1EndpointConditions Starting = new() { Ready = false, Serving = false, Terminating = false };
    private static readonly V1EndpointConditions Draining = new() { Ready = false, Serving = true, Terminating = true };
    private static readonly V1EndpointConditions Ending = new() { Ready = false, Serving = false, Terminating = true };

    private readonly FakeTimeProvider _time = new(Sample.Now);
    private readonly ListedCache<V1EndpointSlice> _slices = new ListedCache<V1EndpointSlice>().Index(CacheIndexes.ByService, CacheIndexes.OfService);
    private readonly GatewayDirectory _directory;

    public GatewayDirectoryTests() => _directory = new GatewayDirectory(_slices, new OperatorOptions(), _time);

    [Fact]
    public void Ready_gateways_are_known_and_scraped_at_their_telemetry_port()
    {
        Endpoints(("b", Ready), ("a", Ready));

        _directory.All().Should().Equal(new GatewayEndpoint("a", Telemetry("a"), true, null), new GatewayEndpoint("b", Telemetry("b"), true, null));
        _directory.List().Should().Equal(new GatewayTarget("a", Telemetry("a"), true), new GatewayTarget("b", Telemetry("b"), true));
    }

    [Fact]
    public void A_gateway_that_was_never_ready_is_nobody_to_wait_for_but_may_be_scraped()
    {
        Endpoints(("a", Ready), ("crashing", Starting));

        _directory.All().Select(gateway => gateway.Name).Should().Equal("a");
        _directory.List().Should().Equal(new GatewayTarget("a", Telemetry("a"), true), new GatewayTarget("crashing", Telemetry("crashing"), false));
    }

    [Fact]
    public void A_gateway_that_ends_is_known_as_long_as_it_is_there()
    {
        foreach (var conditions in new[] { Draining, Ending })
        {
            Endpoints(("a", conditions));
            _time.Advance(TimeSpan.FromMinutes(5));

            _directory.All().Should().ContainSingle().Which.Should().BeEquivalentTo(new { Name = "a", Ready = false, LeftAt = (DateTimeOffset?)null });
        }
    }

    [Fact]
    public void A_gateway_that_left_is_remembered_longer_than_any_exposure_lease_with_the_time_it_left()
    {
        Endpoints(("a", Ready), ("b", Ready));
        _directory.All();
        Endpoints(("b", Ready));

        _directory.All()[0].Should().Be(new GatewayEndpoint("a", Telemetry("a"), false, Sample.Now));
        _time.Advance(TimeSpan.FromMinutes(90));
        _directory.All()[0].LeftAt.Should().Be(Sample.Now, "it left once");
        _directory.List().Select(gateway => gateway.Name).Should().Equal("b");
        _time.Advance(TimeSpan.FromSeconds(1));
        _directory.All().Select(gateway => gateway.Name).Should().Equal("b");
    }

    [Fact]
    public void A_gateway_that_stops_serving_where_it_is_counts_as_one_that_left()
    {
        Endpoints(("a", Ready));
        _directory.All();
        Endpoints(("a", Starting));

        _directory.All().Should().Equal(new GatewayEndpoint("a", Telemetry("a"), false, Sample.Now));
        _directory.List().Should().Equal(new GatewayTarget("a", Telemetry("a"), false));
    }

    [Fact]
    public void A_gateway_that_returns_has_not_left()
    {
        Endpoints(("a", Ready));
        _directory.All();
        Endpoints();
        _directory.All();
        Endpoints(("a", Ready));

        _directory.All().Should().Equal(new GatewayEndpoint("a", Telemetry("a"), true, null));
    }

    [Fact]
    public void A_gateway_that_only_a_scrape_round_saw_is_remembered_too()
    {
        Endpoints(("a", Ready));
        _directory.List();
        Endpoints();

        _directory.All().Should().ContainSingle().Which.LeftAt.Should().Be(Sample.Now);
    }

    [Fact]
    public void Without_a_telemetry_port_or_an_address_there_is_no_gateway()
    {
        Endpoints(("a", Ready));
        _slices.Objects[0].Endpoints[0].Addresses = [];
        _directory.All().Should().BeEmpty();

        Endpoints(("a", Ready));
        _slices.Objects[0].Ports[0].Name = "http";
        _directory.All().Should().BeEmpty();
    }

    [Fact]
    public void The_list_is_settled_half_a_minute_after_the_endpoints_were_first_seen_not_after_the_start()
    {
        _slices.HasSynced = false;
        _directory.IsSettled.Should().BeFalse();
        _time.Advance(TimeSpan.FromMinutes(1));
        _directory.IsSettled.Should().BeFalse("nothing is known of the endpoints yet");

        _slices.HasSynced = true;
        _directory.IsSettled.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(29));
        _directory.IsSettled.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        _directory.IsSettled.Should().BeTrue();
    }

    private static Uri Telemetry(string name) => new($"http://{Address(name)}:9090/");

    private static string Address(string name) => FormattableString.Invariant($"10.0.0.{(int)name[0]}");

    private void Endpoints(params (string Name, V1EndpointConditions Conditions)[] endpoints)
    {
        _slices.Objects.Clear();
        _slices.With(new V1EndpointSlice
        {
            Metadata = new V1ObjectMeta
            {
                Name = "mlops-gateway-x",
                NamespaceProperty = "mlops-system",
                Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["kubernetes.io/service-name"] = "mlops-gateway" },
            },
            Ports = [new Discoveryv1EndpointPort { Name = "telemetry", Port = 9090 }],
            Endpoints =
            [
                .. endpoints.Select(endpoint => new V1Endpoint
                {
                    Addresses = [Address(endpoint.Name)],
                    Conditions = endpoint.Conditions,
                    TargetRef = new V1ObjectReference { Name = endpoint.Name },
                }),
            ],
        });
    }
}
