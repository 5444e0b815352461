namespace MlopsOperator.Demo.Soak;

/// <summary>One figure of processes, and what it may grow by.</summary>
/// <param name="Name">Its name and unit.</param>
/// <param name="Of">Reads it.</param>
/// <param name="Allowed">Growth that is still flat.</param>
/// <param name="AllowedShare">The same as a share of what it was before; the larger one holds.</param>
internal sealed record Figure(string Name, Func<ProcessSample, double?> Of, double Allowed, double AllowedShare = 0)
{
    /// <summary>
    /// All figures. Counts: in fifteen minutes a rollout ends every half minute or sooner, so that ten and more lie between the middle of the soak's
    /// second third and that of its last; one handle or timer that each rollout loses is more than what is allowed. Memory: the collector and the
    /// allocator of the C library move it by some megabytes.
    /// </summary>
    public static IReadOnlyList<Figure> All { get; } =
    [
        new("resident MiB", sample => sample.ResidentMiB, Allowed: 6, AllowedShare: 0.05),
        new("heap MiB", sample => sample.HeapMiB, Allowed: 3, AllowedShare: 0.05),
        new("threads", sample => sample.Threads, Allowed: 2),
        new("handles", sample => sample.Handles, Allowed: 5),
        new("timers", sample => sample.Timers, Allowed: 5),
    ];
}
