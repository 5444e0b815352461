using MlopsOperator.Simulation.World;

await using var world = await ReleaseWorld.StartAsync();
await world.UntilAsync("the first version serving", () => world.Rollout(1)?.Status?.FinishedAt is not null);
return 0;
