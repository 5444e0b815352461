using MlopsOperator.Simulation.World;

for (var run = 0; run < 5; run++)
{
    var began = TimeProvider.System.GetTimestamp();
    await using var world = await ReleaseWorld.StartAsync(seed: run);
    Console.WriteLine(FormattableString.Invariant($"started {TimeProvider.System.GetElapsedTime(began).TotalMilliseconds:0} ms"));
    await world.UntilAsync("the first version serving", () => world.Rollout(1)?.Status?.FinishedAt is not null);
    Console.WriteLine(FormattableString.Invariant($"first {TimeProvider.System.GetElapsedTime(began).TotalMilliseconds:0} ms, {world.Time.Elapsed}"));
    await world.PassAsync(TimeSpan.FromSeconds(20));
    await world.WantAsync("delays-v2");
    await world.UntilAsync("the end", () => world.Rollout(2)?.Status?.FinishedAt is not null);
    Console.WriteLine(FormattableString.Invariant($"{world.Rollout(2)!.Status!.Phase} {TimeProvider.System.GetElapsedTime(began).TotalMilliseconds:0} ms, {world.Time.Elapsed}, requests {world.Cluster.Requests.Mark()} writes {world.Cluster.CountWrites("operator")}"));
}
return 0;
