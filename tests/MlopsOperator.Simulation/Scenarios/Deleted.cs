namespace MlopsOperator.Simulation.Scenarios;

/// <summary>The deployment is deleted in the middle of a rollout: nothing of it is left.</summary>
internal static class Deleted
{
    private static readonly string[] Children = ["deployments", "replicasets", "services", "pods", "controllerrevisions", "modelrollouts", "gatewayroutes"];

    public static Scenario Scenario { get; } = new("deleted", async world =>
    {
        await world.ServesAsync();
        await world.ExposesAsync("delays-v2");
        await world.DeleteAsync("modeldeployments", "delays");
        await world.UntilAsync("everything gone", () => Children.All(plural => world.List(plural).Count == 0));
    });
}
