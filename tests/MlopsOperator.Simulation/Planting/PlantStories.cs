using MlopsOperator.Api.Rollouts;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Planting;

/// <summary>Short stories in which planted bugs show. Without one they break no invariant.</summary>
internal static class PlantStories
{
    /// <summary>A good candidate is promoted.</summary>
    public static async Task Good(ReleaseWorld world)
    {
        await ServesAsync(world);
        await world.WantAsync("delays-v2");
        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
    }

    /// <summary>Nothing happens for longer than any timer runs.</summary>
    public static async Task Quiet(ReleaseWorld world)
    {
        await ServesAsync(world);
        await world.PassAsync(TimeSpan.FromMinutes(13));
    }

    /// <summary>A bad candidate is taken back; another is promoted.</summary>
    public static async Task Bad(ReleaseWorld world)
    {
        await ServesAsync(world);
        world.Gateways.ErrorShares["delays-v3"] = 0.1;
        await world.WantAsync("delays-v3");
        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.Phase is RolloutPhase.RolledBack);
        await world.PassAsync(TimeSpan.FromSeconds(10));
        await world.WantAsync("delays-v2");
        await world.UntilAsync("the end of the next", () => world.Rollout(3)?.Status?.FinishedAt is not null);
    }

    /// <summary>More replicas are wanted, then fewer.</summary>
    public static async Task Scaled(ReleaseWorld world)
    {
        await ServesAsync(world);
        await world.PatchAsync("modeldeployments", "delays", """{"spec":{"replicas":4}}""");
        await world.PassAsync(TimeSpan.FromSeconds(20));
        await world.PatchAsync("modeldeployments", "delays", """{"spec":{"replicas":1}}""");
        await world.PassAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>A candidate gets weight and no requests.</summary>
    public static async Task Silent(ReleaseWorld world)
    {
        await ServesAsync(world);
        world.Traffic = 0;
        await world.WantAsync("delays-v2");
        await world.UntilAsync("10 % to the candidate", () => world.Rollout(2)?.Status?.Weights?.Candidate is >= 1000);
        await world.PassAsync(TimeSpan.FromMinutes(2));
    }

    /// <summary>The operator is gone while a candidate is exposed.</summary>
    public static async Task Unjudged(ReleaseWorld world)
    {
        await ExposesAsync(world);
        world.KillOperator();
        await world.PassAsync(TimeSpan.FromMinutes(5));
        world.StartOperator();
        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
    }

    /// <summary>The API takes no writes while a candidate is exposed; scrapes go on.</summary>
    public static async Task CutOff(ReleaseWorld world)
    {
        await ExposesAsync(world);
        world.Transport.Fault = request => request.Method is "GET" ? null : 500;
        await world.PassAsync(TimeSpan.FromMinutes(5));
        world.Transport.Fault = null;
        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
    }

    private static async Task ExposesAsync(ReleaseWorld world)
    {
        await ServesAsync(world);
        await world.WantAsync("delays-v2");
        await world.UntilAsync("10 % to the candidate", () => world.Rollout(2)?.Status?.Weights?.Candidate is >= 1000 and < 10_000);
    }

    private static async Task ServesAsync(ReleaseWorld world)
    {
        await world.UntilAsync("the first version serving", () => world.Rollout(1)?.Status?.Phase is RolloutPhase.Succeeded);
        await world.UntilAsync("60 blocks of history", () => world.Deployment?.Status?.Baseline?.Blocks >= 60);
    }
}
