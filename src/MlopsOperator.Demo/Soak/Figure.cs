namespace MlopsOperator.Demo.Soak;

/// <summary>One figure of processes, and what it may grow by.</summary>
/// <param name="Name">Its name and unit.</param>
/// <param name="Of">Reads it.</param>
/// <param name="Allowed">Growth that is still flat.</param>
/// <param name="AllowedShare">The same as a share of what it was before; the larger one holds.</param>
internal sealed record Figure(string Name, Func<ProcessSample, double?> Of, double Allowed, double AllowedShare = 0)
{
    /// <summary>
    /// All figures. Counts: in fifteen minutes a rollout ends every half minute or sooner, so that ten and more lie in each third; one handle or timer
    /// that each rollout loses is more than what is allowed. Heap: the collector moves it by some megabytes. Resident memory settles later than the heap,
    /// as the runtime keeps what it has once touched: it would show what leaks outside of the heap.
    /// </summary>
    public static IReadOnlyList<Figure> OfProduct { get; } =
    [
        new("resident MiB", sample => sample.ResidentMiB, Allowed: 6, AllowedShare: 0.1),
        new("heap MiB", sample => sample.HeapMiB, Allowed: 3, AllowedShare: 0.05),
        new("threads", sample => sample.Threads, Allowed: 2),
        new("handles", sample => sample.Handles, Allowed: 5),
        new("timers", sample => sample.Timers, Allowed: 5),
    ];

    /// <summary>
    /// The same for the process of the embedded API. It keeps its events, thirty a rollout, as Kubernetes does for an hour, and its last requests: its memory
    /// may grow by a quarter.
    /// </summary>
    public static IReadOnlyList<Figure> OfApi { get; } =
        [.. OfProduct.Select(figure => figure.AllowedShare > 0 ? figure with { AllowedShare = 0.25 } : figure)];
}
