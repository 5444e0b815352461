using MlopsOperator.Operator.Evidence.Blocks;

namespace MlopsOperator.Operator.Evidence.Scraping;

/// <summary>How the scrape of one gateway ended, and what it said.</summary>
/// <param name="Target">The gateway.</param>
/// <param name="Result">One of <see cref="ScrapeResults"/>.</param>
/// <param name="Samples">By route; empty when it failed.</param>
/// <param name="Reason">What went wrong; null when nothing did.</param>
internal sealed record ScrapeOutcome(GatewayTarget Target, string Result, IReadOnlyDictionary<string, RouteSample> Samples, string? Reason);
