using System.Collections.Concurrent;

namespace MlopsOperator.Simulation.Weather;

/// <summary>Many seeds.</summary>
internal static class WeatherSweep
{
    /// <summary>Runs seeds, several worlds at a time.</summary>
    public static async Task<IReadOnlyList<WeatherResult>> RunAsync(IEnumerable<int> seeds, int workers)
    {
        var waiting = new ConcurrentQueue<int>(seeds);
        var results = new ConcurrentBag<WeatherResult>();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            while (waiting.TryDequeue(out var seed))
            {
                results.Add(await WeatherRun.OfAsync(seed));
            }
        })));
        return [.. results.OrderBy(result => result.Seed)];
    }
}
