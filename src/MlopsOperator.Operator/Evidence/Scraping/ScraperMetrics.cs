using Prometheus;

namespace MlopsOperator.Operator.Evidence.Scraping;

/// <summary>What the scraper says about itself.</summary>
internal sealed class ScraperMetrics(IMetricFactory metrics)
{
    private readonly Counter _scrapes = metrics.CreateCounter("mlops_operator_scrapes_total", "Scrapes of gateways by how they ended.", ["result"]);
    private readonly Counter _blocks = metrics.CreateCounter("mlops_operator_evidence_blocks_total", "Blocks of evidence by result: used, or why there was none.", ["result"]);
    private readonly Counter _skipped = metrics.CreateCounter("mlops_operator_scrape_rounds_skipped_total", "Scrape rounds left out because the one before was still under way.");
    private readonly Counter _unread = metrics.CreateCounter("mlops_operator_evidence_rounds_dropped_total", "Rounds of evidence dropped because nothing read them.");
    private readonly Counter _rows = metrics.CreateCounter("mlops_operator_scrape_rows_total", "Series read from gateways.");
    private readonly Histogram _duration = metrics.CreateHistogram(
        "mlops_operator_scrape_duration_seconds",
        "Duration of scrapes of gateways.",
        new HistogramConfiguration { Buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    public void Scraped(string result, TimeSpan duration)
    {
        _scrapes.WithLabels(result).Inc();
        _duration.Observe(duration.TotalSeconds);
    }

    public void Rows(int rows) => _rows.Inc(rows);

    public void Block(string? dropReason) => _blocks.WithLabels(dropReason ?? "used").Inc();

    public void Skipped() => _skipped.Inc();

    public void Unread(int rounds) => _unread.Inc(rounds);
}
