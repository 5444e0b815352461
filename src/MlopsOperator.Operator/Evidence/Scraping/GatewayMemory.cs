using MlopsOperator.Operator.Evidence.Blocks;

namespace MlopsOperator.Operator.Evidence.Scraping;

/// <summary>What is remembered of one gateway's scrapes of one route.</summary>
internal sealed class GatewayMemory
{
    private RouteSample? _last;
    private RouteSample? _beforeLast;

    /// <summary>When the gateway was last in the directory.</summary>
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>The newest report; null before the first good scrape.</summary>
    public GatewayReport? Report(string gateway) => _last is not { } last
        ? null
        : new()
        {
            Gateway = gateway,
            StartId = last.StartId,
            Sequence = last.Sequence,
            ScrapedAt = last.Began,
            Lapse = last.Lapse,
            InFlight = InFlight(last, _beforeLast),
        };

    /// <summary>Takes a good scrape, and gives the block since the one before.</summary>
    public (GatewayBlock? Block, string? Reason) Take(RouteSample sample)
    {
        var result = BlockBuilder.Build(_last, sample);
        (_beforeLast, _last) = (_last, sample);
        return result;
    }

    // What an earlier process had in flight ended with it.
    private static IReadOnlyDictionary<string, double> InFlight(RouteSample last, RouteSample? before) =>
        before is null || !string.Equals(before.StartId, last.StartId, StringComparison.Ordinal)
            ? last.InFlight
            : last.InFlight.Concat(before.InFlight).GroupBy(flight => flight.Key, StringComparer.Ordinal)
                .ToDictionary(flights => flights.Key, flights => flights.Max(flight => flight.Value), StringComparer.Ordinal);
}
