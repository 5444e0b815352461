namespace MlopsOperator.Simulation.Scenarios;

/// <summary>Somebody deletes the route in the middle of a rollout.</summary>
internal static class RouteDeleted
{
    public static Scenario Scenario { get; } = new("route-deleted", async world =>
    {
        await world.ServesAsync();
        await world.ExposesAsync("delays-v2");
        if (world.Route is not null)
        {
            await world.DeleteAsync("gatewayroutes", "delays");
        }

        await world.RestsAsync(2, "delays-v2");
    });
}
