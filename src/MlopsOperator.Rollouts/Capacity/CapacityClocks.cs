namespace MlopsOperator.Rollouts.Capacity;

/// <summary>Since when pods have been missing, and for how many wanted replicas the weights were set.</summary>
internal static class CapacityClocks
{
    internal static Situation Apply(Situation situation)
    {
        var record = situation.Record;
        var clocks = record.Clocks with
        {
            CapacityShortSince = CapacityRule.Short(situation) ? record.Clocks.CapacityShortSince ?? situation.Now : null,
            StableLostSince = StableLost(situation) ? record.Clocks.StableLostSince ?? situation.Now : null,
        };
        return Ratchet(situation.With(record with { Clocks = clocks }));
    }

    internal static bool StableLost(Situation situation) =>
        situation is { FirstVersion: false, Promoted: false, Forward: true, Idle: false, StableReady: 0, StableStopped: false };

    /// <summary>Once both arms have grown to what a larger size needs, that size binds.</summary>
    private static Situation Ratchet(Situation situation)
    {
        if (situation.Record.Route is not { } route || situation.Idle || route.Replicas == situation.Replicas)
        {
            return situation;
        }

        return situation.Replicas < route.Replicas || CapacityRule.Full(situation, situation.Weight)
            ? situation.With(situation.Record with { Route = route with { Replicas = situation.Replicas } })
            : situation;
    }
}
