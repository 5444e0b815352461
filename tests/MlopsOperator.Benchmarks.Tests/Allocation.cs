namespace MlopsOperator.Benchmarks.Tests;

/// <summary>
/// Counts what work allocates on its thread, which must be all of its work. Bounds hold for Debug builds, in which <c>dotnet test</c> runs: there the state
/// machines of asynchronous methods are objects, so a Release build stays below them.
/// </summary>
internal static class Allocation
{
    private const int WarmUps = 20;
    private const int Rounds = 11;

    /// <summary>Bytes that one piece of work allocates: the median, as now and then something is made once for many runs.</summary>
    public static async Task<long> OfAsync(Func<Task> work)
    {
        for (var round = 0; round < WarmUps; round++)
        {
            await OnceAsync(work);
        }

        var allocated = new long[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            allocated[round] = await OnceAsync(work);
        }

        Array.Sort(allocated);
        return allocated[Rounds / 2];
    }

    /// <inheritdoc cref="OfAsync(Func{Task})"/>
    public static Task<long> OfAsync(Action work) => OfAsync(() =>
    {
        work();
        return Task.CompletedTask;
    });

    private static async Task<long> OnceAsync(Func<Task> work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var running = work();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        running.IsCompletedSuccessfully.Should().BeTrue("what goes on on another thread is not counted");
        await running;
        return allocated;
    }
}
