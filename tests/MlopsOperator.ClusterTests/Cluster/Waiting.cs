using System.Diagnostics;

namespace MlopsOperator.ClusterTests.Cluster;

/// <summary>Waits for what a cluster will bring about.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Looks until something is there, or fails with what was seen last.</summary>
    public static async Task<T> UntilAsync<T>(string what, TimeSpan patience, Func<Task<T?>> look, Func<Task<string>>? seen = null)
        where T : class
    {
        var since = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Interval);
        do
        {
            if (await look() is { } found)
            {
                return found;
            }
        }
        while (Stopwatch.GetElapsedTime(since) < patience && await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken));
        throw new TimeoutException(FormattableString.Invariant($"No {what} within {patience.TotalSeconds:0} s.") + (seen is null ? "" : " " + await seen()));
    }

    /// <summary>Looks until a condition holds.</summary>
    public static Task UntilAsync(string what, TimeSpan patience, Func<Task<bool>> holds, Func<Task<string>>? seen = null) =>
        UntilAsync(what, patience, async () => await holds() ? "" : null, seen);
}
