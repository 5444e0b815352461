using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Scenarios;

/// <summary>What users do, each when a condition is met, up to the end that is compared.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Tell">Acts on a world in which the first version begins to serve, and returns when the end is reached.</param>
/// <param name="Strategy">Spec of the strategy in one line of YAML; null for the canary of 10 % and 50 %.</param>
internal sealed record Scenario(string Name, Func<ReleaseWorld, Task> Tell, string? Strategy = null)
{
    private const double RequestsASecond = 2000;

    /// <summary>A world in which the first version is about to serve. Much traffic proves in few rounds of scrapes what little proves in many.</summary>
    /// <param name="strategy">Spec of the strategy in one line of YAML; null for a canary.</param>
    /// <param name="seed">Seed of the interleaving; 0: always the oldest work first.</param>
    /// <param name="elects">Whether two processes compete for a Lease.</param>
    public static async Task<ReleaseWorld> BeginAsync(string? strategy = null, int seed = 0, bool elects = false)
    {
        var manifests = Manifests.Base.Replace(Manifests.Canary, strategy ?? Manifests.Canary, StringComparison.Ordinal).Replace("interval: 250ms", "interval: 1s", StringComparison.Ordinal);
        var world = await ReleaseWorld.StartAsync(seed: seed, elects: elects, manifests: manifests);
        world.Traffic = RequestsASecond;
        return world;
    }
}
