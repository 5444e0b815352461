using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Scenarios;

/// <summary>Steps that scenarios share.</summary>
internal static class Story
{
    /// <summary>The first version serves, and enough of its history is saved to judge others by.</summary>
    public static async Task ServesAsync(this ReleaseWorld world)
    {
        await world.BeginsToServeAsync();
        await world.UntilAsync("60 blocks of history", () => world.Deployment?.Status?.Baseline?.Blocks >= 60);
    }

    /// <summary>The first version serves.</summary>
    public static Task BeginsToServeAsync(this ReleaseWorld world) =>
        world.UntilAsync("the first version serving", () => world.Rollout(1)?.Status?.Phase == RolloutPhase.Succeeded && world.Deployment?.Status?.Phase == DeploymentPhase.Serving);

    /// <summary>A version is wanted and gets its first share.</summary>
    public static async Task ExposesAsync(this ReleaseWorld world, string version, int number = 2)
    {
        await world.WantAsync(version);
        await world.UntilAsync("10 % to the candidate", () => world.Rollout(number)?.Status?.Weights?.Candidate is >= 1000 and < 10_000);
    }

    /// <summary>A rollout has come to an end, and the deployment rests with a version as stable.</summary>
    public static async Task RestsAsync(this ReleaseWorld world, int number, string stable, DeploymentPhase phase = DeploymentPhase.Serving)
    {
        await world.UntilAsync("the end", () => world.Rollout(number)?.Status?.FinishedAt is not null);
        await world.UntilAsync("the deployment at rest", () => world.Deployment?.Status is { Candidate: null } status && status.Phase == phase && status.Stable?.ModelVersion == stable);
    }
}
