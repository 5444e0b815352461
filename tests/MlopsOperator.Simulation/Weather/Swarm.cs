namespace MlopsOperator.Simulation.Weather;

/// <summary>Which faults a seed has at all, and how often: each kind is left out in half of the seeds, so that rare ones come to be alone.</summary>
internal sealed class Swarm(Random random)
{
    // Of requests.
    public double Conflicts { get; } = Draw(random, 0.05);

    public double Dropped { get; } = Draw(random, 0.05);

    public double AnswersLost { get; } = Draw(random, 0.05);

    public double TooMany { get; } = Draw(random, 0.05);

    public double Errors { get; } = Draw(random, 0.05);

    public double Delays { get; } = Draw(random, 0.1);

    // Of watches that are opened.
    public double WatchesThatLag { get; } = Draw(random, 0.5);

    public double WatchesThatEnd { get; } = Draw(random, 0.5);

    public double WatchesThatAreGone { get; } = Draw(random, 0.2);

    public double WatchesThatFallSilent { get; } = Draw(random, 0.05);

    // Of seconds.
    public double Crashes { get; } = Draw(random, 0.05);

    public double PodsLost { get; } = Draw(random, 0.03);

    public double GatewaysRestarted { get; } = Draw(random, 0.03);

    public double ClockJumps { get; } = Draw(random, 0.02);

    public double Compactions { get; } = Draw(random, 0.05);

    public double PodsFlap { get; } = Draw(random, 0.03);

    public double Pauses { get; } = Draw(random, 0.03);

    // Of seconds, where two processes compete for the Lease.
    public double LeasesCutOff { get; } = Draw(random, 0.03);

    public double Handovers { get; } = Draw(random, 0.02);

    /// <summary>Whether no watch has a fault.</summary>
    public bool SparesWatches => WatchesThatLag + WatchesThatEnd + WatchesThatAreGone + WatchesThatFallSilent == 0;

    /// <summary>Whether two processes do: a second one costs time, and without one there is nothing to take over.</summary>
    public bool HasStandby { get; } = random.Next(5) < 2;

    public override string ToString() => string.Join(", ", typeof(Swarm).GetProperties()
        .Where(property => property.PropertyType == typeof(double))
        .Select(property => (property.Name, Rate: (double)property.GetValue(this)!))
        .Where(kind => kind.Rate > 0)
        .Select(kind => FormattableString.Invariant($"{kind.Name} {kind.Rate:0.000}"))
        .Append(HasStandby ? "two processes" : "one process"));

    private static double Draw(Random random, double most) => random.Next(2) == 0 ? 0 : random.NextDouble() * most;
}
