using MlopsOperator.Simulation.Scenarios;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Weather;

/// <summary>One seed: users act, faults happen, then the weather clears and everything must come to what the specs want.</summary>
internal static class WeatherRun
{
    private const string Bad = "delays-v3";
    private static readonly TimeSpan Healing = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(100);

    /// <summary>A watch that has fallen silent is found out when the time is over that it asked for: until then what is written is applied again and again.</summary>
    private static readonly TimeSpan SettlingAfterSilence = TimeSpan.FromMinutes(12);

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    /// <summary>Runs a seed.</summary>
    public static async Task<WeatherResult> OfAsync(int seed)
    {
        var random = new Random(seed);
        var swarm = new Swarm(random);
        var occurrences = new Occurrences();
        var world = await Scenario.BeginAsync(Strategy(seed), seed, swarm.HasStandby);
        var problem = await world.ProblemOfAsync(() => RunAsync(world, swarm, random, occurrences));
        return new WeatherResult(seed, world.Trace.Hash, swarm.ToString(), problem, [.. world.Trace.Last], world.Time.Elapsed, occurrences.Counts);
    }

    /// <summary>Mostly a canary. By the number, not by chance: what else happens in a seed stays as it was.</summary>
    private static string? Strategy(int seed) => (seed % 8) switch
    {
        6 => BlueGreenGood.Strategy,
        7 => RecreateGood.Strategy,
        _ => null,
    };

    private static async Task<string?> RunAsync(ReleaseWorld world, Swarm swarm, Random random, Occurrences occurrences)
    {
        world.Gateways.ErrorShares[Bad] = 0.1;
        var judgements = new Judgements(Bad);
        world.Cluster.OnWrite(judgements.Observe);
        var weather = new WeatherMaker(world, swarm, random, occurrences);
        world.Operators.Sending = weather.Hit;
        world.AfterStep = weather.Step;
        for (var left = random.Next(2, 7); left > 0; left--)
        {
            await world.PassAsync(TimeSpan.FromSeconds(random.Next(1, 60)));
            await UserActions.ActAsync(world, random, occurrences);
        }

        weather.Heal();
        await UserActions.EndAsync(world);
        try
        {
            await world.UntilAsync("what the specs want", () => HealedState.HasConverged(world), Healing);
        }
        catch (TimeoutException late)
        {
            return $"{string.Join("; ", HealedState.Problems(world))}\n{late.Message}";
        }

        var noise = await world.WritesAtRestAsync(occurrences.Counts.ContainsKey("watch silent") ? SettlingAfterSilence : Settling, Quiet);
        List<string> problems = [.. HealedState.Problems(world), .. judgements.Problems];
        if (noise.Count > 0)
        {
            problems.Add("it writes though nothing happens: " + string.Join("; ", noise));
        }

        return problems.Count > 0 ? string.Join("; ", problems) : null;
    }
}
