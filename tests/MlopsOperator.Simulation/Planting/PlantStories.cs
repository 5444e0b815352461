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
        await world.PassAsync(TimeSpan.FromSeconds(200));
        world.StartOperator();
        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
    }

    /// <summary>The API takes no writes while a candidate is exposed; scrapes go on.</summary>
    public static async Task CutOff(ReleaseWorld world)
    {
        await ExposesAsync(world);
        world.Transport.Fault = request => request.Method is "GET" ? null : 500;
        await world.PassAsync(TimeSpan.FromSeconds(200));
        world.Transport.Fault = null;
        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
    }

    private static async Task ExposesAsync(ReleaseWorld world)
    {
        await ServesAsync(world);
        await world.WantAsync("delays-v2");
        await world.UntilAsync("10 % to the candidate", () => world.Rollout(2)?.Status?.Weights?.Candidate is >= 1000 and < 10_000);
    }

    /// <summary>The wall clock is set forward while a candidate waits, and while a former stable is kept ready.</summary>
    public static async Task ClockJumps(ReleaseWorld world)
    {
        await ServesAsync(world);
        await world.PatchAsync("rolloutstrategies", "quick", """{"spec":{"bake":"40s","canary":{"steps":[{"weight":"10%","wait":"30s"},{"weight":"50%","wait":"1s"}]}}}""");
        await world.WantAsync("delays-v2");
        await world.UntilAsync("10 % to the candidate", () => world.Rollout(2)?.Status?.Step.Name.StartsWith("wait", StringComparison.Ordinal) == true);
        await world.PassAsync(TimeSpan.FromSeconds(3));
        world.Time.WallClockAhead += TimeSpan.FromHours(1);
        await world.UntilAsync("baking", () => world.Rollout(2)?.Status?.Phase is RolloutPhase.Baking);
        await world.PassAsync(TimeSpan.FromSeconds(3));
        world.Time.WallClockAhead += TimeSpan.FromHours(1);
        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
    }

    /// <summary>The leader stands still in the middle of a rollout for longer than its Lease lasts, goes on, and is ended later. For worlds with two processes.</summary>
    public static async Task LeaderChange(ReleaseWorld world)
    {
        await ServesAsync(world);
        var before = world.Leader ?? throw new InvalidOperationException("nobody leads");
        await world.WantAsync("delays-v2");
        await world.UntilAsync("the rollout", () => world.Rollout(2)?.Status is not null);
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Leading(world, before).Process.Pause();
        await world.PassAsync(TimeSpan.FromSeconds(20));
        Leading(world, before).Process.Resume();
        await world.PassAsync(TimeSpan.FromSeconds(10));
        world.Operators.Kill(before);
        world.Operators.Start(before);
        await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null && world.Leader != before);
    }

    private static RunningOperator Leading(ReleaseWorld world, string name) => world.Operators.TryGet(name, out var process) ? process : throw new InvalidOperationException($"{name} does not run");

    private static async Task ServesAsync(ReleaseWorld world)
    {
        await world.UntilAsync("the first version serving", () => world.Rollout(1)?.Status?.Phase is RolloutPhase.Succeeded);
        await world.UntilAsync("60 blocks of history", () => world.Deployment?.Status?.Baseline?.Blocks >= 60);
    }
}
