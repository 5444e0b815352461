using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using MlopsOperator.Operator.Evidence;
using MlopsOperator.Operator.Evidence.Scraping;
using MlopsOperator.Operator.Tests.Evidence.Blocks;
using Prometheus;

namespace MlopsOperator.Operator.Tests.Evidence.Scraping;

/// <summary>A scraper over scripted gateways, with a clock that only tests move.</summary>
internal sealed class ScrapeFixture
{
    public const string Route = Samples.Route;

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public ScrapeFixture()
    {
        var metrics = new ScraperMetrics(Prometheus.Metrics.WithCustomRegistry(Registry));
        Floors = new(TimeSpan.FromSeconds(60), Time);
        Rounds = new(Gateways, Gateways, Evidence, Floors, metrics, Time, NullLogger<RoundScraper>.Instance);
        Scraper = new(Rounds, Evidence, metrics, Time, NullLogger<GatewayScraper>.Instance);
    }

    public TrackedTimeProvider Time { get; } = new(Samples.Start);

    public ScriptedGateways Gateways { get; } = new();

    public RouteEvidence Evidence { get; } = new();

    public ExposureFloors Floors { get; }

    public CollectorRegistry Registry { get; } = Prometheus.Metrics.NewCustomRegistry();

    public RoundScraper Rounds { get; }

    public GatewayScraper Scraper { get; }

    public async Task ScrapeAsync(params string[] routes)
    {
        Time.Advance(Interval);
        await Rounds.ScrapeAsync(routes.Length == 0 ? [Route] : routes, Interval, TestContext.Current.CancellationToken);
    }

    /// <summary>Own metrics in text, to look for a line in.</summary>
    public async Task<string> MetricsAsync()
    {
        await using var stream = new MemoryStream();
        await Registry.CollectAndExportAsTextAsync(stream, TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Lets what is ready run until a condition holds; fails when it does not come true within half a minute.</summary>
    public static async Task Eventually(Func<bool> condition)
    {
        for (var started = Stopwatch.GetTimestamp(); !condition() && Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30);)
        {
            await Task.Yield();
        }

        condition().Should().BeTrue("the condition comes true without the clock being moved");
    }
}
