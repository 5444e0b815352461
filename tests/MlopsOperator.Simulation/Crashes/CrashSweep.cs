using System.Collections.Concurrent;

namespace MlopsOperator.Simulation.Crashes;

/// <summary>A scenario, disturbed at each of its writes in each way.</summary>
internal static class CrashSweep
{
    /// <summary>Of the writes of one class, every so manieth is disturbed, besides the first.</summary>
    private const int EveryNth = 20;

    /// <summary>
    /// The runs that fit a developer's time: the first write of each class and a sample of the rest, each dying after it with or without its answer; what only tells what happens in two ways.
    /// What all scenarios begin with is disturbed in one of them.
    /// </summary>
    public static IReadOnlyList<(OperatorWrite Write, CrashMode Mode)> Thinned(Undisturbed wanted, bool withShared) =>
    [
        .. wanted.Writes.Where(write => withShared || !write.Shared)
            .GroupBy(write => write.Class, StringComparer.Ordinal)
            .SelectMany(group => group.Where((_, index) => index % EveryNth == 0))
            .OrderBy(write => write.Number)
            .SelectMany(write => Modes(write).Select(mode => (write, mode))),
    ];

    /// <summary>The same writes, each in one way only; the ways take turns.</summary>
    public static IReadOnlyList<(OperatorWrite Write, CrashMode Mode)> OneWayEach(Undisturbed wanted, bool withShared)
    {
        var modes = Enum.GetValues<CrashMode>();
        return [.. Thinned(wanted, withShared).Select(run => run.Write).Distinct().Select((write, index) => (write, modes[index % modes.Length]))];
    }

    /// <summary>Every write in every way.</summary>
    public static IReadOnlyList<(OperatorWrite Write, CrashMode Mode)> Exhaustive(Undisturbed wanted) =>
        [.. wanted.Writes.SelectMany(write => Enum.GetValues<CrashMode>().Select(mode => (write, mode)))];

    /// <summary>Runs a scenario with each of the writes disturbed in each of the ways.</summary>
    public static async Task<IReadOnlyList<CrashFailure>> RunAsync(Undisturbed wanted, IReadOnlyList<(OperatorWrite Write, CrashMode Mode)> disturbances, int workers)
    {
        var runs = new ConcurrentQueue<(OperatorWrite Write, CrashMode Mode)>(disturbances);
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

    private static CrashMode[] Modes(OperatorWrite write) => write.IsEvent ? [CrashMode.After, CrashMode.Conflict]
        : [CrashMode.Before, write.Number % 2 == 0 ? CrashMode.After : CrashMode.AnswerLost, CrashMode.OnlyAnswerLost, CrashMode.Conflict];
}
