using MlopsOperator.Operator.Evidence;

namespace MlopsOperator.Operator.Tests.Evidence.Scraping;

public class ExposureFloorsTests
{
    private readonly ScrapeFixture _fixture = new();

    public ExposureFloorsTests() => _fixture.Gateways.Add("g1");

    [Fact]
    public async Task A_scrape_names_the_floor_of_each_of_its_routes_that_is_judged()
    {
        _fixture.Gateways.Throws("g1", new HttpRequestException("refused"));
        _fixture.Floors.Set("shop/b", 15);
        await _fixture.ScrapeAsync("shop/a", "shop/b");
        _fixture.Gateways.Requests[^1].Body.Should().Be("""{"routes":["shop/a","shop/b"],"floors":{"shop/b":15}}""");

        _fixture.Floors.Set("shop/b", null);
        await _fixture.ScrapeAsync("shop/a", "shop/b");
        _fixture.Gateways.Requests[^1].Body.Should().Be("""{"routes":["shop/a","shop/b"]}""");
    }

    [Fact]
    public async Task A_further_request_of_a_round_names_only_the_floors_of_its_own_routes()
    {
        _fixture.Gateways.Answers("g1", 200, "mlops_start_id{id=\"s\"} 1\n"u8.ToArray());
        string[] routes = [.. Enumerable.Range(0, EvidenceLimits.RoutesPerRequest + 1).Select(number => FormattableString.Invariant($"shop/r{number:D3}"))];
        _fixture.Floors.Set(routes[0], 1);
        _fixture.Floors.Set(routes[^1], 2);
        await _fixture.ScrapeAsync(routes);
        _fixture.Gateways.Requests.Select(request => request.Body[request.Body.IndexOf(']')..]).Should().Equal("""],"floors":{"shop/r000":1}}""", """],"floors":{"shop/r100":2}}""");
    }

    [Fact]
    public async Task The_end_of_an_attempt_is_kept_by_the_floor_that_it_named_also_when_nothing_answered()
    {
        _fixture.Gateways.Throws("g1", new HttpRequestException("refused"));
        _fixture.Floors.Set(ScrapeFixture.Route, 15);
        await _fixture.ScrapeAsync();
        var first = _fixture.Time.GetUtcNow();
        _fixture.Floors.Set(ScrapeFixture.Route, 17);
        await _fixture.ScrapeAsync();

        _fixture.Floors.Named(ScrapeFixture.Route, "g1").Should().Equal(new Dictionary<long, DateTimeOffset> { [15] = first, [17] = first + ScrapeFixture.Interval });
        _fixture.Floors.Named(ScrapeFixture.Route, "g2").Should().BeEmpty();
    }

    [Fact]
    public void An_attempt_under_way_has_no_end()
    {
        _fixture.Floors.Set(ScrapeFixture.Route, 15);
        var one = _fixture.Floors.Begin("g1", [ScrapeFixture.Route]);
        var other = _fixture.Floors.Begin("g1", [ScrapeFixture.Route]);
        _fixture.Floors.End("g1", one);
        _fixture.Floors.Named(ScrapeFixture.Route, "g1")[15].Should().Be(DateTimeOffset.MaxValue, "the other attempt may still renew");
        _fixture.Floors.End("g1", other);
        _fixture.Floors.Named(ScrapeFixture.Route, "g1")[15].Should().Be(_fixture.Time.GetUtcNow());
    }

    [Fact]
    public async Task A_floor_is_named_for_one_lease_after_somebody_last_looked_at_the_rollout()
    {
        _fixture.Gateways.Throws("g1", new HttpRequestException("refused"));
        _fixture.Floors.Set(ScrapeFixture.Route, 15);
        _fixture.Time.Advance(TimeSpan.FromSeconds(59.9));
        await _fixture.ScrapeAsync();
        _fixture.Gateways.Requests[^1].Body.Should().Contain("\"floors\"");

        _fixture.Time.Advance(TimeSpan.FromSeconds(60));
        await _fixture.ScrapeAsync();
        _fixture.Gateways.Requests[^1].Body.Should().NotContain("\"floors\"", "scrapes that nobody reads judge nothing");

        _fixture.Floors.Set(ScrapeFixture.Route, 15);
        await _fixture.ScrapeAsync();
        _fixture.Gateways.Requests[^1].Body.Should().Contain("\"floors\"");
    }

    [Theory]
    [InlineData(12.5, 12.5)]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(double.NaN, 0)]
    public async Task What_a_gateway_says_of_a_lapse_is_in_its_report(double told, double read)
    {
        _fixture.Gateways.Answers("g1", 200, new GatewayText(route: ScrapeFixture.Route).Sequence(15).Lapse(told).ToUtf8());
        await _fixture.ScrapeAsync();
        var report = _fixture.Evidence.Report(ScrapeFixture.Route).Should().ContainSingle().Subject;
        report.Lapse.Should().Be(TimeSpan.FromSeconds(read));
        report.ToObservation(true, null).Lapse.Should().Be(report.Lapse);
    }

    [Fact]
    public async Task A_lapse_without_end_is_bounded()
    {
        _fixture.Gateways.Answers("g1", 200, new GatewayText(route: ScrapeFixture.Route).Sequence(15).Lapse(double.MaxValue).ToUtf8());
        await _fixture.ScrapeAsync();
        _fixture.Evidence.Report(ScrapeFixture.Route)[0].Lapse.Should().Be(EvidenceLimits.LongestLapse);
    }
}
