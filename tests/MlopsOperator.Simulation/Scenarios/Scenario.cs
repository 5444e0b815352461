using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Scenarios;

/// <summary>What users do, each when a condition is met, up to the end that is compared.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Tell">Acts on a world in which the first version begins to serve, and returns when the end is reached.</param>
internal sealed record Scenario(string Name, Func<ReleaseWorld, Task> Tell)
{
    /// <summary>A world in which the first version is about to serve. Many gateways see the same evidence in fewer rounds.</summary>
    public static Task<ReleaseWorld> BeginAsync(int seed = 0) => ReleaseWorld.StartAsync(
        seed: seed,
        manifests: Manifests.Base.Replace("replicas: 2\n  selector: {matchLabels: {app: gateway}}", "replicas: 10\n  selector: {matchLabels: {app: gateway}}", StringComparison.Ordinal)
            .Replace("interval: 250ms", "interval: 1s", StringComparison.Ordinal));
}
