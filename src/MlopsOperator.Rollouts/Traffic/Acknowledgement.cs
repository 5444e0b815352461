using MlopsOperator.Rollouts.Inputs;

namespace MlopsOperator.Rollouts.Traffic;

/// <summary>Whether the data plane has confirmed the route.</summary>
internal static class Acknowledgement
{
    /// <summary>
    /// A forward move is confirmed when at least one gateway is ready and every ready one has reported the sequence in a scrape that began after it was
    /// written. Latched: gateways that come later do not undo it.
    /// </summary>
    internal static Situation Latch(Situation situation)
    {
        var record = situation.Record;
        if (record.Weights is null || record.Route is not { } route || record.Step.AcknowledgedAt is not null)
        {
            return situation;
        }

        var ready = Ready(situation);
        if (ready.Count == 0 || !ready.All(g => Reported(g, record.Sequence, route.ChangedAt)))
        {
            return situation;
        }

        var scraped = ready.Max(g => g.ScrapedAt) ?? situation.Now;
        var at = scraped > situation.Now ? situation.Now : scraped;
        return situation.With(record with { Step = record.Step with { AcknowledgedAt = at } });
    }

    /// <summary>
    /// Removed traffic is confirmed gone when every known gateway has reported the sequence or its exposure lease is over. Never latched, and never concluded
    /// while the list of gateways may be incomplete.
    /// </summary>
    internal static bool Gone(Situation situation) =>
        situation.Inputs.Traffic.GatewaysSettled
        && ExposureLease.OverForUnknown(situation)
        && situation.Inputs.Traffic.Gateways.All(g =>
            Reported(g, situation.Record.Sequence, situation.Record.Route?.ChangedAt) || ExposureLease.Over(situation, g));

    internal static bool AnyReady(Situation situation) => Ready(situation).Count > 0;

    /// <summary>Gateways that may still send requests: all but those that left long ago.</summary>
    internal static IEnumerable<GatewayObservation> Present(Situation situation) =>
        situation.Inputs.Traffic.Gateways.Where(g => !situation.Elapsed(g.LeftAt, Limits.GatewayGoneAfter));

    /// <summary>Gateways that are ready and have not confirmed the route, by name.</summary>
    internal static IEnumerable<string> Missing(Situation situation) =>
        Ready(situation).Where(g => !Reported(g, situation.Record.Sequence, situation.Record.Route?.ChangedAt)).Select(g => g.Name);

    internal static List<GatewayObservation> Ready(Situation situation) =>
        [.. situation.Inputs.Traffic.Gateways.Where(g => g.Ready && g.LeftAt is null)];

    private static bool Reported(GatewayObservation gateway, long sequence, DateTimeOffset? written) =>
        gateway.Sequence >= sequence && gateway.ScrapedAt is { } scraped && (written is null || scraped >= written);
}
