using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Weather;

/// <summary>What happens to the operator's processes: they are killed, paused, cut off from the Lease, replaced, and come back.</summary>
internal sealed class OperatorWeather(ReleaseWorld world, Swarm swarm, Random random, Occurrences occurrences)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan GraceOfStop = TimeSpan.FromSeconds(30);

    private readonly SortedDictionary<string, TimeSpan> _back = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, TimeSpan> _pausedUntil = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, TimeSpan> _endedAt = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, TimeSpan> _cutOffUntil = new(StringComparer.Ordinal);

    /// <summary>Whether requests for the Lease do not get through from a process.</summary>
    public bool IsCutOff(string name) => _cutOffUntil.TryGetValue(name, out var until) && until > world.Time.Elapsed;

    /// <summary>What is due at this moment.</summary>
    public void Step()
    {
        foreach (var name in Due(_pausedUntil))
        {
            Resume(name);
        }

        foreach (var name in Due(_back))
        {
            Start(name);
        }

        foreach (var process in world.Operators.Running.ToList())
        {
            EndIfOver(process);
        }
    }

    /// <summary>What happens in this second.</summary>
    public void Disturb()
    {
        foreach (var name in world.Operators.Names)
        {
            if (!world.Operators.TryGet(name, out var process) || process.HasEnded || _endedAt.ContainsKey(name))
            {
                continue;
            }

            if (Chance(swarm.Crashes))
            {
                Say("crash", $"{name} crashes");
                Kill(name);
                continue;
            }

            if (!process.Process.IsPaused && Chance(swarm.Pauses))
            {
                var pause = Second * random.Next(1, 40);
                Say("pause", $"{name} stands still for {pause}");
                world.Invariants.IsSlow();
                process.Process.Pause();
                _pausedUntil[name] = world.Time.Elapsed + pause;
            }

            if (swarm.HasStandby && Chance(swarm.LeasesCutOff))
            {
                Say("lease cut off", $"{name} does not reach the Lease");
                _cutOffUntil[name] = world.Time.Elapsed + (Second * random.Next(5, 30));
            }

            if (swarm.HasStandby && Chance(swarm.Handovers))
            {
                Say("handover", $"{name} is told to end");
                process.Stop();
                _endedAt[name] = world.Time.Elapsed + GraceOfStop;
            }
        }
    }

    /// <summary>All goes on, and every process runs.</summary>
    public void Heal()
    {
        _cutOffUntil.Clear();
        foreach (var name in world.Operators.Names)
        {
            if (_pausedUntil.ContainsKey(name))
            {
                Resume(name);
            }

            if (world.Operators.TryGet(name, out var process) && (process.HasEnded || _endedAt.ContainsKey(name)))
            {
                Kill(name);
            }

            if (!world.Operators.TryGet(name, out _))
            {
                Start(name);
            }
        }
    }

    /// <summary>A process that has lost the Lease ends by itself, mostly at once; until then what it had begun goes on.</summary>
    private void EndIfOver(RunningOperator process)
    {
        if (process.HasEnded && !_endedAt.ContainsKey(process.Name))
        {
            Say("lease lost", $"{process.Name} has lost the Lease");
            _endedAt[process.Name] = world.Time.Elapsed + (Second * random.Next(6));
        }

        if (_endedAt.TryGetValue(process.Name, out var end) && (end <= world.Time.Elapsed || (process.HasEnded && end - world.Time.Elapsed > Second * 6)))
        {
            Kill(process.Name);
        }
    }

    private void Kill(string name)
    {
        world.Operators.Kill(name);
        _pausedUntil.Remove(name);
        _endedAt.Remove(name);

        // What the dead one had sent arrives within three seconds.
        _back[name] = world.Time.Elapsed + (Second * random.Next(4, 24));
    }

    private void Resume(string name)
    {
        _pausedUntil.Remove(name);
        world.Trace.Add(world.Time.Elapsed, $"{name} goes on");
        if (world.Operators.TryGet(name, out var process))
        {
            process.Process.Resume();
        }
    }

    private void Start(string name)
    {
        _back.Remove(name);
        world.Trace.Add(world.Time.Elapsed, $"{name} starts again");
        world.Operators.Start(name);
    }

    private List<string> Due(SortedDictionary<string, TimeSpan> times) => [.. times.Where(entry => entry.Value <= world.Time.Elapsed).Select(entry => entry.Key)];

    private bool Chance(double share) => share > 0 && random.NextDouble() < share;

    private void Say(string kind, string what)
    {
        occurrences.Add(kind);
        world.Trace.Add(world.Time.Elapsed, what);
    }
}
