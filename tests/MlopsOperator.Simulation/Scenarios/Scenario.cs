using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Scenarios;

/// <summary>What users do, each when a condition is met, up to the end that is compared.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Tell">Acts on a world in which the first version begins to serve, and returns when the end is reached.</param>
internal sealed record Scenario(string Name, Func<ReleaseWorld, Task> Tell)
{
    private const double RequestsASecond = 2000;

    /// <summary>A world in which the first version is about to serve. Much traffic proves in few rounds of scrapes what little proves in many.</summary>
    public static async Task<ReleaseWorld> BeginAsync(int seed = 0, bool elects = false)
    {
        var world = await ReleaseWorld.StartAsync(seed: seed, elects: elects, manifests: Manifests.Base.Replace("interval: 250ms", "interval: 1s", StringComparison.Ordinal));
        world.Traffic = RequestsASecond;
        return world;
    }
}
