using System.Globalization;
using MlopsOperator.Operator.Evidence;

namespace MlopsOperator.Operator.Tests.Evidence.Scraping;

public sealed class RoundScraperTests
{
    private readonly ScrapeFixture _fixture = new();

    public RoundScraperTests() => _fixture.Evidence.Watch(ScrapeFixture.Route, ScrapeFixture.Interval);

    [Fact]
    public async Task Two_gateways_are_added_into_one_round_and_handed_over_once()
    {
        var notified = new List<string>();
        _fixture.Evidence.NotifyOnScraped(notified.Add);
        await RoundAsync(("g1", Text(5, 100, 0)), ("g2", Text(5, 50, 2)));
        _fixture.Evidence.Drain(ScrapeFixture.Route).Should().BeEmpty("the first scrape is a baseline");
        await RoundAsync(("g1", Text(5, 130, 1)), ("g2", Text(5, 60, 2)));

        var round = _fixture.Evidence.Drain(ScrapeFixture.Route).Should().ContainSingle().Subject;

        (round.Arms["a"].Requests, round.Arms["a"].Errors, round.Complete, round.Sequence).Should().Be((41, 1, true, 5L));
        (round.From, round.To).Should().Be((_fixture.Time.GetUtcNow() - ScrapeFixture.Interval, _fixture.Time.GetUtcNow()));
        _fixture.Evidence.Drain(ScrapeFixture.Route).Should().BeEmpty();
        notified.Should().Equal(ScrapeFixture.Route, ScrapeFixture.Route);
    }

    [Fact]
    public async Task The_first_block_after_all_gateways_have_acknowledged_a_sequence_counts()
    {
        await RoundAsync(("g1", Text(5, 100, 0)), ("g2", Text(5, 100, 0)));
        var roundBegan = _fixture.Time.GetUtcNow() + ScrapeFixture.Interval;
        _fixture.Gateways.AnswersDoing("g1", () => _fixture.Time.Advance(TimeSpan.FromMilliseconds(3)), Text(6, 110, 0));
        _fixture.Gateways.AnswersDoing("g2", () => _fixture.Time.Advance(TimeSpan.FromMilliseconds(3)), Text(6, 110, 0));
        await _fixture.ScrapeAsync();
        var acknowledgedAt = _fixture.Evidence.Report(ScrapeFixture.Route).Max(report => report.ScrapedAt);
        await RoundAsync(("g1", Text(6, 115, 0)), ("g2", Text(6, 120, 0)));

        acknowledgedAt.Should().Be(roundBegan, "no gateway was asked before");
        var round = _fixture.Evidence.Drain(ScrapeFixture.Route).Should().ContainSingle().Subject;
        (round.Sequence, round.Arms["a"].Requests, round.Complete).Should().Be((6L, 15, true));
        round.From.Should().BeOnOrAfter(acknowledgedAt);
    }

    [Fact]
    public async Task A_gateway_whose_scrape_fails_in_an_unforeseen_way_does_not_harm_the_others()
    {
        await RoundAsync(("g1", Text(5, 100, 0)), ("g2", Text(5, 100, 0)));
        _fixture.Gateways.Throws("g2", new InvalidOperationException("unforeseen"));
        await RoundAsync(("g1", Text(5, 110, 0)));

        _fixture.Evidence.Drain(ScrapeFixture.Route).Should().ContainSingle().Which.Arms["a"].Requests.Should().Be(10);
        (await _fixture.MetricsAsync()).Should().Contain("mlops_operator_scrapes_total{result=\"malformed\"} 1");
    }

    [Fact]
    public async Task A_scrape_that_is_cancelled_is_no_failed_gateway()
    {
        using var stop = new CancellationTokenSource();
        _fixture.Gateways.Add("g1");
        _fixture.Gateways.AnswersAfter("g1", new TaskCompletionSource().Task, Text(5, 1, 0));
        var round = _fixture.Rounds.ScrapeAsync([ScrapeFixture.Route], ScrapeFixture.Interval, stop.Token);

        await stop.CancelAsync();

        await round.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        (await _fixture.MetricsAsync()).Should().NotContain("mlops_operator_scrapes_total{");
    }

    [Fact]
    public async Task Gateways_are_asked_by_post_for_the_routes()
    {
        await RoundAsync(("g1", Text(5, 100, 0)));

        _fixture.Gateways.Requests.Should().Equal((new Uri("http://g1:9090/telemetry/v1/scrape"), """{"routes":["shop/delays"]}"""));
    }

    [Fact]
    public async Task PD_28_A_missed_scrape_makes_one_longer_block_and_loses_nothing()
    {
        await RoundAsync(("g1", Text(5, 100, 0)), ("g2", Text(5, 100, 0)));
        _fixture.Gateways.Throws("g2", new HttpRequestException("connection refused"));
        await RoundAsync(("g1", Text(5, 110, 0)));
        await RoundAsync(("g1", Text(5, 120, 0)), ("g2", Text(5, 130, 3)));

        var rounds = _fixture.Evidence.Drain(ScrapeFixture.Route);

        rounds.Select(round => (round.Arms["a"].Requests, round.Arms["a"].Errors, round.Complete)).Should().Equal((10, 0, false), (43, 3, true));
        rounds[1].From.Should().Be(_fixture.Time.GetUtcNow() - (2 * ScrapeFixture.Interval), "a Pass may only count what was seen since that scrape");
        (await _fixture.MetricsAsync()).Should().Contain("mlops_operator_scrapes_total{result=\"unreachable\"} 1");
    }

    [Fact]
    public async Task PD_27_A_restarted_gateway_counts_from_its_second_scrape_on()
    {
        await RoundAsync(("g1", Text(5, 100, 0)));
        await RoundAsync(("g1", Text(5, 400, 0, start: "start-2")));
        await RoundAsync(("g1", Text(5, 410, 0, start: "start-2")));

        _fixture.Evidence.Drain(ScrapeFixture.Route).Should().ContainSingle().Which.Arms["a"].Requests.Should().Be(10);
        (await _fixture.MetricsAsync()).Should().Contain("mlops_operator_evidence_blocks_total{result=\"Reset\"} 1")
            .And.Contain("mlops_operator_evidence_blocks_total{result=\"FirstScrape\"} 1")
            .And.Contain("mlops_operator_evidence_blocks_total{result=\"used\"} 1");
    }

    [Fact]
    public async Task A_late_pod_is_a_baseline_first_and_makes_the_round_less_than_whole()
    {
        await RoundAsync(("g1", Text(5, 100, 0)));
        await RoundAsync(("g1", Text(5, 110, 0)), ("g2", Text(5, 7, 0)));
        await RoundAsync(("g1", Text(5, 120, 0)), ("g2", Text(5, 9, 0)));

        _fixture.Evidence.Drain(ScrapeFixture.Route).Select(round => (round.Arms["a"].Requests, round.Complete)).Should().Equal((10, false), (12, true));
    }

    [Fact]
    public async Task Gateways_that_are_not_at_the_same_sequence_are_judged_apart()
    {
        await RoundAsync(("g1", Text(5, 100, 0)), ("g2", Text(5, 100, 0)));
        await RoundAsync(("g1", Text(6, 110, 0)), ("g2", Text(5, 120, 0)));
        await RoundAsync(("g1", Text(6, 115, 0)), ("g2", Text(5, 140, 0)));

        _fixture.Evidence.Drain(ScrapeFixture.Route).Select(round => (round.Sequence, round.Arms["a"].Requests, round.Complete))
            .Should().Equal((5L, 20, false), (5L, 20, false), (6L, 5, false));
    }

    [Fact]
    public async Task A_report_says_what_each_gateway_has_last_said_and_when_that_scrape_began()
    {
        await RoundAsync(("g2", Text(5, 1, 0).InFlight("a", 4)), ("g1", Text(6, 1, 0).InFlight("a", 1)));
        await RoundAsync(("g2", Text(7, 1, 0).InFlight("b", 2)), ("g1", Text(6, 1, 0)));

        var reports = _fixture.Evidence.Report(ScrapeFixture.Route);

        reports.Select(report => (report.Gateway, report.Sequence)).Should().Equal(("g1", 6L), ("g2", 7L));
        reports.Should().OnlyContain(report => report.ScrapedAt == _fixture.Time.GetUtcNow());
        reports[1].InFlight.Should().Equal(new Dictionary<string, double>(StringComparer.Ordinal) { ["b"] = 2, ["a"] = 4 });
        reports[1].ToObservation(ready: true, leftAt: null).Should().Match<MlopsOperator.Rollouts.Inputs.GatewayObservation>(seen => seen.Name == "g2" && seen.Sequence == 7 && seen.Ready);
    }

    [Fact]
    public async Task Two_scrapes_without_requests_in_flight_report_none_and_a_restart_forgets_those_of_before()
    {
        await RoundAsync(("g1", Text(5, 1, 0).InFlight("a", 4)));
        await RoundAsync(("g1", Text(5, 1, 0)));
        _fixture.Evidence.Report(ScrapeFixture.Route)[0].InFlight.Should().ContainKey("a");
        await RoundAsync(("g1", Text(5, 1, 0)));
        _fixture.Evidence.Report(ScrapeFixture.Route)[0].InFlight.Should().BeEmpty();

        await RoundAsync(("g1", Text(5, 1, 0).InFlight("a", 4)));
        await RoundAsync(("g1", Text(5, 1, 0, start: "start-2")));
        _fixture.Evidence.Report(ScrapeFixture.Route)[0].InFlight.Should().BeEmpty();
    }

    [Fact]
    public async Task The_report_of_a_gateway_that_cannot_be_scraped_stays_with_its_old_time()
    {
        await RoundAsync(("g1", Text(5, 1, 0)));
        var scrapedAt = _fixture.Time.GetUtcNow();
        _fixture.Gateways.Throws("g1", new HttpRequestException("gone"));
        await _fixture.ScrapeAsync();

        _fixture.Evidence.Report(ScrapeFixture.Route).Should().ContainSingle().Which.ScrapedAt.Should().Be(scrapedAt);
    }

    [Fact]
    public async Task A_gateway_that_left_is_reported_for_two_minutes()
    {
        await RoundAsync(("g1", Text(5, 1, 0)), ("g2", Text(5, 1, 0)));
        _fixture.Gateways.Remove("g2");
        for (var round = 0; round < 12; round++)
        {
            await RoundAsync(("g1", Text(5, 1, 0)));
        }

        _fixture.Evidence.Report(ScrapeFixture.Route).Should().HaveCount(2);
        await RoundAsync(("g1", Text(5, 1, 0)));
        _fixture.Evidence.Report(ScrapeFixture.Route).Should().ContainSingle();
    }

    [Theory]
    [InlineData(302, "refused")]
    [InlineData(503, "refused")]
    [InlineData(200, "malformed")]
    public async Task An_answer_that_is_none_counts_as_a_missed_scrape(int status, string result)
    {
        await RoundAsync(("g1", Text(5, 100, 0)));
        _fixture.Gateways.Answers("g1", status, "not telemetry"u8.ToArray());
        await _fixture.ScrapeAsync();
        await RoundAsync(("g1", Text(5, 130, 0)));

        _fixture.Evidence.Drain(ScrapeFixture.Route).Should().ContainSingle().Which.Arms["a"].Requests.Should().Be(30);
        (await _fixture.MetricsAsync()).Should().Contain($"mlops_operator_scrapes_total{{result=\"{result}\"}} 1");
    }

    [Fact]
    public async Task A_gateway_that_hangs_is_given_up_after_four_fifths_of_the_interval_and_the_others_count()
    {
        await RoundAsync(("g1", Text(5, 100, 0)), ("g2", Text(5, 100, 0)));
        _fixture.Gateways.Answers("g1", Text(5, 110, 0));
        _fixture.Gateways.AnswersAfter("g2", new TaskCompletionSource().Task, Text(5, 110, 0));

        var round = _fixture.Rounds.ScrapeAsync([ScrapeFixture.Route], ScrapeFixture.Interval, TestContext.Current.CancellationToken);
        _fixture.Time.Advance(TimeSpan.FromSeconds(7.9));
        round.IsCompleted.Should().BeFalse();
        _fixture.Time.Advance(TimeSpan.FromSeconds(0.2));
        await round;

        _fixture.Evidence.Drain(ScrapeFixture.Route).Should().ContainSingle().Which.Complete.Should().BeFalse();
        (await _fixture.MetricsAsync()).Should().Contain("mlops_operator_scrapes_total{result=\"timeout\"} 1");
    }

    [Fact]
    public async Task At_most_sixteen_requests_are_under_way_at_once()
    {
        var gate = new TaskCompletionSource();
        foreach (var name in Enumerable.Range(10, 40).Select(number => "g" + number.ToString(CultureInfo.InvariantCulture)))
        {
            _fixture.Gateways.Add(name);
            _fixture.Gateways.AnswersAfter(name, gate.Task, Text(5, 1, 0));
        }

        var round = _fixture.Rounds.ScrapeAsync([ScrapeFixture.Route], ScrapeFixture.Interval, TestContext.Current.CancellationToken);
        gate.SetResult();
        await round;

        _fixture.Gateways.MostUnderWay.Should().BeLessThanOrEqualTo(EvidenceLimits.ConcurrentRequests).And.BeGreaterThan(1);
        _fixture.Evidence.Report(ScrapeFixture.Route).Should().HaveCountGreaterThan(EvidenceLimits.ConcurrentRequests);
    }

    [Fact]
    public async Task More_than_a_hundred_routes_are_asked_for_in_several_requests()
    {
        string[] routes = [.. Enumerable.Range(0, 150).Select(number => $"shop/route-{(char)('a' + (number / 26))}{(char)('a' + (number % 26))}")];
        await RoundAsync(routes, ("g1", Text(5, 1, 0)));

        _fixture.Gateways.Requests.Select(request => request.Body.Split(',').Length).Should().Equal(100, 50);
    }

    [Fact]
    public async Task A_route_that_nobody_watches_is_not_kept()
    {
        _fixture.Evidence.Forget(ScrapeFixture.Route);
        await RoundAsync(("g1", Text(5, 1, 0)));
        await RoundAsync(("g1", Text(5, 2, 0)));

        _fixture.Evidence.Report(ScrapeFixture.Route).Should().BeEmpty();
        _fixture.Evidence.Drain(ScrapeFixture.Route).Should().BeEmpty();
    }

    [Fact]
    public async Task Rounds_that_nobody_drains_are_dropped_oldest_first_and_counted()
    {
        for (var round = 0; round <= EvidenceLimits.PendingRounds + 5; round++)
        {
            await RoundAsync(("g1", Text(5, round, 0)));
        }

        _fixture.Evidence.Drain(ScrapeFixture.Route).Should().HaveCount(EvidenceLimits.PendingRounds).And.BeInAscendingOrder(round => round.From);
        (await _fixture.MetricsAsync()).Should().Contain("mlops_operator_evidence_rounds_dropped_total 5");
    }

    [Fact]
    public async Task The_baseline_grows_while_one_revision_serves_alone()
    {
        for (var round = 0; round <= 60; round++)
        {
            await RoundAsync(("g1", Text(5, round * 20, round)));
        }

        _fixture.Evidence.Baseline(ScrapeFixture.Route, "a").Should().Match<MlopsOperator.Api.Deployments.BaselineEvidence>(
            baseline => baseline.Blocks == 60 && baseline.Errors == 60 && baseline.Requests == 1260 && baseline.ErrorSquares == 60 && baseline.Interval == "10s");
        _fixture.Evidence.Baseline(ScrapeFixture.Route, "b").Should().BeNull();
        _fixture.Evidence.Watch(ScrapeFixture.Route, TimeSpan.FromSeconds(5));
        _fixture.Evidence.Baseline(ScrapeFixture.Route, "a").Should().BeNull("blocks of another interval cannot be compared");
    }

    private static GatewayText Text(long sequence, double good, double bad, string start = "start-1") =>
        new GatewayText(start).Sequence(sequence).Requests("a", "200", good).Requests("a", "500", bad);

    private Task RoundAsync(params (string Gateway, GatewayText Text)[] answers) => RoundAsync([ScrapeFixture.Route], answers);

    private async Task RoundAsync(string[] routes, params (string Gateway, GatewayText Text)[] answers)
    {
        foreach (var (gateway, text) in answers)
        {
            if (!_fixture.Gateways.List().Any(target => string.Equals(target.Name, gateway, StringComparison.Ordinal)))
            {
                _fixture.Gateways.Add(gateway);
            }

            _fixture.Gateways.Answers(gateway, text);
        }

        await _fixture.ScrapeAsync(routes);
    }
}
