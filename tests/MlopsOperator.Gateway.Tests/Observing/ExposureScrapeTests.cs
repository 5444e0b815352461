using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Time.Testing;
using MlopsOperator.Api.Routes;
using MlopsOperator.Gateway.Hosting;
using MlopsOperator.Gateway.Routes;
using MlopsOperator.Gateway.Tests.Fixtures;

namespace MlopsOperator.Gateway.Tests.Observing;

/// <summary>Nobody judging, nobody exposed: the scrape's body, the parsed route and the answers to clients together.</summary>
public sealed class ExposureScrapeTests : IAsyncDisposable
{
    private const string Lapsed = "mlops_exposure_lapsed{route=\"models/delays\"}";
    private const string Lapse = "mlops_exposure_lapse_seconds{route=\"models/delays\"}";
    private readonly FakeTimeProvider time = new();
    private ModelBackend stable = null!;
    private ModelBackend candidate = null!;
    private TestGateway gateway = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_candidate_is_served_only_while_scrapes_name_its_floor()
    {
        await StartAsync();
        Follow(sequence: 5);
        (await AnswerAsync()).Should().Be("a", "nobody has judged yet");
        (await gateway.ScrapeAsync(Cancellation))[Lapsed].Should().Be(1, "a scrape that names no floor renews nothing");
        (await AnswerAsync()).Should().Be("a");

        (await JudgeAsync(5))[Lapsed].Should().Be(1, "it tells what was when it came");
        (await AnswerAsync()).Should().Be("b");
        var judged = await gateway.ScrapeAsync(Cancellation);
        judged.All.Should().Contain(Lapsed, 0).And.Contain(Lapse, 0);

        time.Advance(TimeSpan.FromSeconds(59.9));
        (await AnswerAsync()).Should().Be("b");
        time.Advance(TimeSpan.FromSeconds(0.1));
        (await AnswerAsync()).Should().Be("a");
        time.Advance(TimeSpan.FromSeconds(10));
        new Samples((await gateway.TelemetryAsync("/metrics", Cancellation)).Text)[Lapsed].Should().Be(1);
        (await AnswerAsync()).Should().Be("a", "whoever reads metrics judges nothing");

        (await JudgeAsync(5))[Lapse].Should().Be(10);
        (await AnswerAsync()).Should().Be("b");
    }

    [Fact]
    public async Task A_gateway_that_lags_behind_a_step_up_exposes_no_more_than_its_own_route_says_and_one_that_missed_a_step_down_nothing()
    {
        await StartAsync();
        Follow(sequence: 5);
        await JudgeAsync(5);

        // Raised to sequence 6 elsewhere: the floor stays, and the older route exposes less than what is judged.
        await JudgeAsync(5);
        (await AnswerAsync()).Should().Be("b");

        // Lowered with sequence 7, which it has not seen: the older route would expose too much.
        (await JudgeAsync(7)).Sequence().Should().Be(5);
        (await AnswerAsync()).Should().Be("a");
        await JudgeAsync(5);
        (await AnswerAsync()).Should().Be("a", "a scrape of who does not know of the lowering renews nothing");

        Follow(sequence: 7);
        (await AnswerAsync()).Should().Be("b", "it has caught up");
    }

    [Fact]
    public async Task A_lease_belongs_to_the_object_and_not_to_its_name()
    {
        await StartAsync();
        Follow(sequence: 5);
        await JudgeAsync(5);
        Follow(sequence: 1, uid: "another");
        (await AnswerAsync()).Should().Be("a");
    }

    [Fact]
    public async Task A_route_without_a_lease_serves_its_candidate_unscraped()
    {
        await StartAsync();
        Follow(sequence: 5, lease: null);
        (await AnswerAsync()).Should().Be("b");
        var samples = await gateway.ScrapeAsync(Cancellation);
        samples.All.Should().Contain(Lapsed, 0).And.Contain(Lapse, 0);
    }

    [Fact]
    public async Task A_lapsed_candidate_still_answers_where_stable_cannot()
    {
        await StartAsync();
        gateway.Apply([Route(5, "60s", null)], Manifests.Slice("delays-b", "127.0.0.1"));
        (await AnswerAsync()).Should().Be("b");
    }

    [Theory]
    [InlineData("""{"routes": [], "floors": {"models/delays": -1}}""")]
    [InlineData("""{"routes": [], "floors": {"models/delays": 1.5}}""")]
    [InlineData("""{"routes": [], "floors": {"models/delays": null}}""")]
    [InlineData("""{"routes": [], "floors": [5]}""")]
    [InlineData("""{"routes": [], "floors": {"models/delays": 99999999999999999999}}""")]
    public async Task Malformed_floors_are_a_400_and_renew_nothing(string body)
    {
        await StartAsync();
        Follow(sequence: 5);
        using var content = new StringContent(body);
        using var answer = await gateway.Client.PostAsync(new Uri(gateway.Telemetry, TelemetryNames.ScrapePath), content, Cancellation);
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await AnswerAsync()).Should().Be("a");
    }

    [Theory]
    [InlineData("0s")]
    [InlineData("2h")]
    [InlineData("soon")]
    public void A_lease_that_is_no_duration_up_to_an_hour_is_refused(string lease)
    {
        RouteParser.Parse(Route(5, lease, null), out var problems).Should().BeNull();
        problems.Should().ContainSingle().Which.Should().Contain("spec.lease").And.Contain(lease);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in new IAsyncDisposable?[] { gateway, candidate, stable })
        {
            if (one is not null)
            {
                await one.DisposeAsync();
            }
        }
    }

    private async Task StartAsync()
    {
        stable = await ModelBackend.StartAsync("a");
        candidate = await ModelBackend.StartAsync("b");
        gateway = await TestGateway.WithoutRoutesAsync(time, new GatewayOptions { DrainDelay = TimeSpan.Zero });
    }

    private void Follow(long sequence, string? lease = "60s", string? uid = null) =>
        gateway.Apply([Route(sequence, lease, uid)], Manifests.Slice("delays-a", "127.0.0.1"), Manifests.Slice("delays-b", "127.0.0.1"));

    private GatewayRoute Route(long sequence, string? lease, string? uid) => Manifests.Route(
        "delays",
        Manifests.Spec(candidateWeight: 10_000, portA: stable?.Port ?? 1, portB: candidate?.Port ?? 2, sequence: sequence) with { Lease = lease },
        uid: uid);

    private async Task<Samples> JudgeAsync(long floor)
    {
        using var content = JsonContent.Create(new { routes = new[] { "models/delays" }, floors = new Dictionary<string, long>(StringComparer.Ordinal) { ["models/delays"] = floor } });
        using var answer = await gateway.Client.PostAsync(new Uri(gateway.Telemetry, TelemetryNames.ScrapePath), content, Cancellation);
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        return new Samples(await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private async Task<string> AnswerAsync()
    {
        using var answer = await gateway.GetAsync("/", Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }
}
