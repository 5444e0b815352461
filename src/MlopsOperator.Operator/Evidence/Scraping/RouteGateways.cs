using MlopsOperator.Operator.Evidence.Blocks;

namespace MlopsOperator.Operator.Evidence.Scraping;

/// <summary>What is remembered of a route's gateways from one round to the next.</summary>
internal sealed class RouteGateways
{
    private readonly SortedDictionary<string, GatewayMemory> _gateways = new(StringComparer.Ordinal);

    /// <summary>The newest reports, by name of the gateway.</summary>
    public IReadOnlyList<GatewayReport> Reports => [.. _gateways.Select(gateway => gateway.Value.Report(gateway.Key)).OfType<GatewayReport>()];

    /// <summary>Takes a round's good scrapes and gives the blocks; a reason for each that has none.</summary>
    public (IReadOnlyDictionary<string, GatewayBlock> Blocks, IReadOnlyList<string> Dropped) Take(string route, IReadOnlyList<ScrapeOutcome> outcomes, DateTimeOffset now)
    {
        var blocks = new Dictionary<string, GatewayBlock>(StringComparer.Ordinal);
        var dropped = new List<string>();
        foreach (var outcome in outcomes)
        {
            if (!_gateways.TryGetValue(outcome.Target.Name, out var memory))
            {
                _gateways[outcome.Target.Name] = memory = new();
            }

            memory.SeenAt = now;
            if (outcome.Samples.TryGetValue(route, out var sample))
            {
                var (block, reason) = memory.Take(sample);
                if (block is not null)
                {
                    blocks[outcome.Target.Name] = block;
                }
                else
                {
                    dropped.Add(reason!);
                }
            }
        }

        foreach (var gone in _gateways.Where(gateway => now - gateway.Value.SeenAt > EvidenceLimits.LeftGatewayKept).Select(gateway => gateway.Key).ToArray())
        {
            _gateways.Remove(gone);
        }

        return (blocks, dropped);
    }
}
