namespace MlopsOperator.Simulation.Weather;

/// <summary>How a seed ended.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Hash">Of its trace.</param>
/// <param name="Swarm">The faults that it had, with their rates.</param>
/// <param name="Problem">What is wrong; null if nothing is.</param>
/// <param name="Trace">The last lines of its trace.</param>
/// <param name="Took">Of the world's time.</param>
/// <param name="Happened">How often each kind of weather happened.</param>
internal sealed record WeatherResult(int Seed, string Hash, string Swarm, string? Problem, IReadOnlyList<string> Trace, TimeSpan Took, IReadOnlyDictionary<string, int> Happened)
{
    public override string ToString() => FormattableString.Invariant($"""
        seed {Seed} ({Hash}), {Swarm}
        {Problem}
        last changes:
        {string.Join('\n', Trace)}
        again: dotnet run -c Release --project tests/MlopsOperator.Simulation -- --replay {Seed}
        """);
}
