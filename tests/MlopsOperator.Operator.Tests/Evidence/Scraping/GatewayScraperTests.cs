namespace MlopsOperator.Operator.Tests.Evidence.Scraping;

public sealed class GatewayScraperTests : IAsyncDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ScrapeFixture _fixture = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public GatewayScraperTests()
    {
        _fixture.Gateways.Add("g1");
        _fixture.Gateways.Answers("g1", new GatewayText().Sequence(1));
        _running = _fixture.Scraper.RunAsync(_stop.Token);
    }

    private int Requests => _fixture.Gateways.Requests.Count;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    [Fact]
    public async Task A_route_is_scraped_at_once_and_then_at_its_interval()
    {
        _fixture.Scraper.Watch(ScrapeFixture.Route, Second);
        await ScrapeFixture.Eventually(() => Requests == 1);
        for (var scrape = 2; scrape <= 5; scrape++)
        {
            await StepAsync(Second, scrape);
        }
    }

    [Fact]
    public async Task Routes_of_one_interval_share_a_request_and_others_do_not()
    {
        _fixture.Scraper.Watch("shop/slow", 10 * Second);
        _fixture.Scraper.Watch("shop/b", Second);
        _fixture.Scraper.Watch("shop/a", Second);
        await ScrapeFixture.Eventually(() => Requests >= 2);
        await StepAsync(Second, Requests + 1);

        _fixture.Gateways.Requests[^1].Body.Should().Be("""{"routes":["shop/a","shop/b"]}""");
    }

    [Fact]
    public async Task A_round_that_takes_longer_than_the_interval_is_not_overlapped_and_the_cadence_is_kept()
    {
        var gate = new TaskCompletionSource();
        _fixture.Gateways.AnswersAfter("g1", gate.Task, new GatewayText().Sequence(1));
        _fixture.Scraper.Watch(ScrapeFixture.Route, TimeSpan.FromMilliseconds(50));
        await ScrapeFixture.Eventually(() => Requests == 1);

        // The time-out is as long as the interval: the tick at 50 ms still finds the round under way.
        await AdvanceAsync(TimeSpan.FromMilliseconds(49), waiting: 2);
        Requests.Should().Be(1);
        gate.SetResult();
        await AdvanceAsync(TimeSpan.FromMilliseconds(1));
        await ScrapeFixture.Eventually(() => Requests == 2);
        _fixture.Gateways.MostUnderWay.Should().Be(1);
    }

    [Fact]
    public async Task Ticks_that_pass_while_nothing_runs_are_skipped_and_counted_not_caught_up()
    {
        _fixture.Scraper.Watch(ScrapeFixture.Route, Second);
        await ScrapeFixture.Eventually(() => Requests == 1);
        await StepAsync(5 * Second, 2);

        Requests.Should().Be(2);
        (await _fixture.MetricsAsync()).Should().Contain("mlops_operator_scrape_rounds_skipped_total 4");
    }

    [Fact]
    public async Task Another_interval_takes_effect_and_a_forgotten_route_is_scraped_no_more()
    {
        _fixture.Scraper.Watch(ScrapeFixture.Route, 100 * Second);
        await ScrapeFixture.Eventually(() => Requests == 1);
        _fixture.Scraper.Watch(ScrapeFixture.Route, Second);
        await ScrapeFixture.Eventually(() => Requests == 2);
        await StepAsync(Second, 3);
        _fixture.Scraper.Forget(ScrapeFixture.Route);
        await AdvanceAsync(200 * Second, waiting: 0);

        Requests.Should().Be(3);
        _fixture.Evidence.Report(ScrapeFixture.Route).Should().BeEmpty();
    }

    [Fact]
    public async Task A_round_that_breaks_does_not_end_the_scraping()
    {
        _fixture.Gateways.Throws("g1", new InvalidOperationException("a bug"));
        _fixture.Scraper.Watch(ScrapeFixture.Route, Second);
        await ScrapeFixture.Eventually(() => Requests == 1);
        await StepAsync(Second, 2);

        _running.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task Stopping_ends_the_round_that_is_under_way()
    {
        _fixture.Gateways.AnswersAfter("g1", new TaskCompletionSource().Task, new GatewayText());
        _fixture.Scraper.Watch(ScrapeFixture.Route, Second);
        await ScrapeFixture.Eventually(() => Requests == 1);

        await _stop.CancelAsync();
        await _running;
    }

    private async Task StepAsync(TimeSpan time, int requests)
    {
        await AdvanceAsync(time);
        await ScrapeFixture.Eventually(() => Requests == requests);
    }

    // What waits for the clock has to be waiting before it is moved.
    private async Task AdvanceAsync(TimeSpan time, int waiting = 1)
    {
        await ScrapeFixture.Eventually(() => _fixture.Time.Waiting == waiting);
        _fixture.Time.Advance(time);
    }
}
