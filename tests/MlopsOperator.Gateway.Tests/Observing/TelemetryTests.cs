using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using MlopsOperator.Gateway.Hosting;
using MlopsOperator.Gateway.Tests.Fixtures;
using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Gateway.Tests.Observing;

public sealed class TelemetryTests
{
    private const string Labels = "route=\"models/delays\",revision=\"a\"";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_scrape_has_every_edge_in_shortest_form_and_its_counts_add_up()
    {
        await using var backend = await ModelBackend.StartAsync("a");
        await using var gateway = await TestGateway.ServingAsync(backend.Port);
        for (var round = 0; round < 20; round++)
        {
            using var answer = await gateway.GetAsync("/", Cancellation);
        }

        var samples = await gateway.SettledScrapeAsync(Cancellation);

        var buckets = LatencyHistogram.Edges
            .Select(edge => $"mlops_request_duration_seconds_bucket{{{Labels},le=\"{edge.ToString("R", CultureInfo.InvariantCulture)}\"}}")
            .Append($"mlops_request_duration_seconds_bucket{{{Labels},le=\"+Inf\"}}")
            .ToList();
        samples.All.Keys.Should().Contain(buckets);
        samples.All.Keys.Count(key => key.Contains("_bucket{", StringComparison.Ordinal)).Should().Be(66);
        buckets.Select(bucket => samples[bucket]).Should().BeInAscendingOrder();
        samples[buckets[^1]].Should().Be(20);
        samples.Of("mlops_request_duration_seconds_count", "a").Should().Be(20);
        samples.Of("mlops_request_duration_seconds_sum", "a").Should().BePositive();
        samples.Requests("a", "200").Should().Be(20);
        samples[$"mlops_route_info{{{Labels},role=\"stable\"}}"].Should().Be(1);
        samples.Sequence().Should().Be(1);
        buckets.Should().Contain(key => key.Contains("le=\"0.0009765625\"", StringComparison.Ordinal)).And.Contain(key => key.Contains("le=\"64\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_scrape_has_only_the_routes_that_it_names()
    {
        await using var gateway = await TestGateway.WithoutRoutesAsync(TimeProvider.System);
        gateway.Apply([Manifests.Route("delays", Manifests.Spec()), Manifests.Route("other", Manifests.Spec("other.test"))]);

        var samples = await gateway.ScrapeAsync(Cancellation, "models/other", "models/unknown", "models/other");

        samples.All.Keys.Where(key => !key.StartsWith("mlops_start_id", StringComparison.Ordinal)).Should().OnlyContain(key => key.Contains("models/other", StringComparison.Ordinal));
        (await gateway.ScrapeAsync(Cancellation, "models/unknown")).All.Keys.Should().ContainSingle(key => key.StartsWith("mlops_start_id{id=\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_start_id_is_the_same_for_one_start_and_another_for_the_next()
    {
        await using var one = await TestGateway.WithoutRoutesAsync(TimeProvider.System);
        await using var other = await TestGateway.WithoutRoutesAsync(TimeProvider.System);

        var first = (await one.ScrapeAsync(Cancellation)).All.Keys.Single();

        (await one.ScrapeAsync(Cancellation)).All.Keys.Single().Should().Be(first);
        (await other.ScrapeAsync(Cancellation)).All.Keys.Single().Should().NotBe(first);
    }

    [Fact]
    public async Task Roles_change_without_moving_a_counter()
    {
        await using var stable = await ModelBackend.StartAsync("a");
        await using var candidate = await ModelBackend.StartAsync("b");
        await using var gateway = await TestGateway.ServingAsync(stable.Port, candidate.Port, weight: 10_000);
        using (await gateway.GetAsync("/", Cancellation))
        {
        }

        var before = await gateway.SettledScrapeAsync(Cancellation);
        var spec = Manifests.Spec(sequence: 2);
        gateway.Apply(
            [Manifests.Route("delays", spec with { Backends = [Manifests.Backend(Api.Routes.BackendRole.Stable, "b", 10_000, candidate.Port)] })],
            Manifests.Slice("delays-b", "127.0.0.1"));
        var after = await gateway.SettledScrapeAsync(Cancellation);

        before["mlops_route_info{route=\"models/delays\",revision=\"b\",role=\"candidate\"}"].Should().Be(1);
        after["mlops_route_info{route=\"models/delays\",revision=\"b\",role=\"stable\"}"].Should().Be(1);
        after.All.Keys.Should().NotContain(key => key.Contains("role=\"candidate\"", StringComparison.Ordinal));
        after.Requests("b", "200").Should().Be(1);
        after.All.Keys.Should().Contain("mlops_inflight{route=\"models/delays\",revision=\"a\"}", "counters of a revision that is no longer named stay for a while");
    }

    [Fact]
    public async Task The_coarse_metrics_have_twelve_of_the_edges_and_the_gateways_own()
    {
        await using var backend = await ModelBackend.StartAsync("a");
        await using var gateway = await TestGateway.ServingAsync(backend.Port);
        using (await gateway.GetAsync("/", Cancellation))
        using (await gateway.GetAsync("/", Cancellation, host: "unknown.test"))
        {
        }

        await gateway.SettledScrapeAsync(Cancellation);
        var samples = new Samples((await gateway.TelemetryAsync("/metrics", Cancellation)).Text);

        samples.All.Keys.Count(key => key.StartsWith("mlops_request_duration_seconds_bucket", StringComparison.Ordinal)).Should().Be(13);
        samples.Of("mlops_request_duration_seconds_count", "a").Should().Be(1);
        samples[$"mlops_request_duration_seconds_bucket{{{Labels},le=\"+Inf\"}}"].Should().Be(1);
        samples["mlops_gateway_refusals_total{reason=\"UnknownRoute\"}"].Should().Be(1);
        samples["mlops_gateway_routes"].Should().Be(1);
        samples.All.Keys.Should().Contain("dotnet_timers").And.Contain("dotnet_heap_after_collection_bytes");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"routes\": null}")]
    [InlineData("{\"routes\": [null]}")]
    [InlineData("{\"routes\": \"models/delays\"}")]
    [InlineData("{\"routes\": [1]}")]
    public async Task A_malformed_scrape_is_a_400(string body)
    {
        await using var gateway = await TestGateway.WithoutRoutesAsync(TimeProvider.System);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await gateway.Client.PostAsync(new Uri(gateway.Telemetry, "/telemetry/v1/scrape"), content, Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
    }

    [Fact]
    public async Task A_scrape_that_is_too_large_is_refused()
    {
        await using var gateway = await TestGateway.WithoutRoutesAsync(TimeProvider.System);
        using var content = new StringContent($"{{\"routes\": [\"{new string('x', 300_000)}\"]}}");

        using var answer = await gateway.Client.PostAsync(new Uri(gateway.Telemetry, "/telemetry/v1/scrape"), content, Cancellation);

        answer.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("GET", "/telemetry/v1/scrape", 405)]
    [InlineData("POST", "/metrics", 405)]
    [InlineData("GET", "/v2/models", 404)]
    [InlineData("GET", "/healthz", 200)]
    public async Task The_telemetry_port_answers_its_own_paths_only(string method, string path, int status)
    {
        await using var gateway = await TestGateway.WithoutRoutesAsync(TimeProvider.System);
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(gateway.Telemetry, path));

        using var answer = await gateway.Client.SendAsync(request, Cancellation);

        ((int)answer.StatusCode).Should().Be(status);
    }

    [Fact]
    public async Task The_port_of_requests_does_not_answer_telemetry()
    {
        await using var backend = await ModelBackend.StartAsync(context => context.Response.WriteAsync("the model's " + context.Request.Path, context.RequestAborted));
        await using var gateway = await TestGateway.ServingAsync(backend.Port);

        using var answer = await gateway.GetAsync("/metrics", Cancellation);

        (await answer.Content.ReadAsStringAsync(Cancellation)).Should().Be("the model's /metrics");
    }

    [Fact]
    public async Task A_gateway_is_ready_after_its_first_complete_list()
    {
        await using var gateway = await TestGateway.WithoutRoutesAsync(TimeProvider.System, new GatewayOptions());
        (await gateway.TelemetryAsync("/readyz", Cancellation)).Status.Should().Be(HttpStatusCode.ServiceUnavailable);

        gateway.Source.Publish(new Gateway.Routes.RouteSnapshot([], []));

        await Eventually.Holds(async () => (await gateway.TelemetryAsync("/readyz", Cancellation)).Status == HttpStatusCode.OK, "ready", Cancellation);
    }
}
