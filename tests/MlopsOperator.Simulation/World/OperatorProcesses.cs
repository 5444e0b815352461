using System.Diagnostics.CodeAnalysis;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Simulation.World;

/// <summary>The operator's processes of a world, by the name under which the API knows them.</summary>
internal sealed class OperatorProcesses(OperatorSurroundings surroundings) : IDisposable
{
    /// <summary>The process that every world has.</summary>
    public const string First = "operator";

    /// <summary>The other one, where processes compete for the Lease.</summary>
    public const string Second = "operator-2";

    private readonly SortedDictionary<string, RunningOperator> _running = new(StringComparer.Ordinal);
    private readonly List<(TimeSpan At, string Name, TimeSpan Ahead)> _clocks = [];
    private int _starts;

    /// <summary>Hears of each request of each process, with the process' name, before it is sent.</summary>
    public Action<string, TransportRequest>? Sending { get; set; }

    /// <summary>Those that run, or have lost the Lease and have not been ended.</summary>
    public IReadOnlyCollection<RunningOperator> Running => _running.Values;

    /// <summary>The names that processes of this world have.</summary>
    public IReadOnlyList<string> Names { get; } = surroundings.Elects ? [First, Second] : [First];

    public bool TryGet(string name, [NotNullWhen(true)] out RunningOperator? process) => _running.TryGetValue(name, out process);

    /// <summary>A process begins. Each has other randomness, so that it does not take itself for its predecessor.</summary>
    public void Start(string name)
    {
        _clocks.Add((surroundings.Time.Elapsed, name, surroundings.Time.WallClockAhead));
        var transport = new ClusterTransport(surroundings.Cluster, name, surroundings.Scheduler) { Sending = request => Sending?.Invoke(name, request) };
        _running.Add(name, new RunningOperator(surroundings, name, transport, new SeededRandom(unchecked(surroundings.Seed + 1 + (7919 * _starts++)))));
        surroundings.Scheduler.Run();
    }

    /// <summary>A process ends, and nothing that it had begun is put in order.</summary>
    public void Kill(string name)
    {
        if (_running.Remove(name, out var process))
        {
            process.Kill();
        }
    }

    /// <summary>How far apart the clocks are of processes that have worked since a moment: each took the wall clock when it began.</summary>
    public TimeSpan ClocksDiffer(TimeSpan since)
    {
        var clocks = _clocks.Where((clock, index) => clock.At >= since || !_clocks.Skip(index + 1).Any(later => later.Name == clock.Name && later.At < since)).Select(clock => clock.Ahead).ToList();
        return clocks.Count == 0 ? TimeSpan.Zero : clocks.Max() - clocks.Min();
    }

    /// <summary>Throws what ended a process, if something did that should not.</summary>
    public void ThrowIfFaulted()
    {
        foreach (var process in _running.Values)
        {
            process.ThrowIfFaulted();
        }
    }

    /// <summary>All end in order.</summary>
    public void Dispose()
    {
        foreach (var process in _running.Values)
        {
            process.Dispose();
        }

        _running.Clear();
    }
}
