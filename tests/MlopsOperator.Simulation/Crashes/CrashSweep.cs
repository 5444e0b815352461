using System.Collections.Concurrent;

namespace MlopsOperator.Simulation.Crashes;

/// <summary>A scenario, disturbed at each of its writes in each way.</summary>
internal static class CrashSweep
{
    /// <summary>Of the writes of one class that come one after the other, every so manieth is disturbed, besides the first.</summary>
    private const int EveryNth = 8;

    /// <summary>The writes that a run in a developer's time disturbs: the first of each class, and a sample of the rest.</summary>
    public static IReadOnlyList<OperatorWrite> Thinned(IReadOnlyList<OperatorWrite> writes) =>
    [
        .. writes.GroupBy(write => write.Class, StringComparer.Ordinal)
            .SelectMany(group => group.Where((_, index) => index % EveryNth == 0))
            .OrderBy(write => write.Number),
    ];

    /// <summary>Runs a scenario with each of the writes disturbed in each of the ways.</summary>
    public static async Task<IReadOnlyList<CrashFailure>> RunAsync(Undisturbed wanted, IReadOnlyList<OperatorWrite> writes, IReadOnlyList<CrashMode> modes, int workers)
    {
        var runs = new ConcurrentQueue<(OperatorWrite Write, CrashMode Mode)>(writes.SelectMany(write => modes.Select(mode => (write, mode))));
        var failures = new ConcurrentBag<CrashFailure>();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            while (runs.TryDequeue(out var run))
            {
                if (await CrashRun.DisturbedAsync(wanted, run.Write, run.Mode) is { } failure)
                {
                    failures.Add(failure);
                }
            }
        })));
        return [.. failures.OrderBy(failure => failure.Write.Number).ThenBy(failure => failure.Mode)];
    }
}
