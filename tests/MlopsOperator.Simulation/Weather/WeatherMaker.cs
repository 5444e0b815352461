using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Weather;

/// <summary>Lets the faults of a seed happen to a world, until it is told to stop.</summary>
internal sealed class WeatherMaker(ReleaseWorld world, Swarm swarm, Random random, Occurrences occurrences)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly int[] Errors = [500, 503, 504];

    private readonly OperatorWeather _operators = new(world, swarm, random, occurrences);
    private readonly SortedDictionary<string, TimeSpan> _flapsUntil = new(StringComparer.Ordinal);
    private TimeSpan _next = Second;
    private string? _leader;
    private bool _over;

    /// <summary>What happens to the request that is about to be sent.</summary>
    public void Hit(string process, TransportRequest request)
    {
        if (_over)
        {
            return;
        }

        if (request.PathAndQuery.Contains("watch=", StringComparison.Ordinal))
        {
            HitWatch(process);
            return;
        }

        var faults = world.Cluster.Faults.On(manager: process);
        if (_operators.IsCutOff(process) && request.PathAndQuery.Contains("/leases", StringComparison.Ordinal))
        {
            faults.Drop();
            return;
        }

        if (request.Method is not "GET" && Chance(swarm.Conflicts))
        {
            Say(request, "409");
            faults.Conflict();
        }
        else if (Chance(swarm.Dropped))
        {
            Say(request, "dropped");
            faults.Drop();
        }
        else if (Chance(swarm.AnswersLost))
        {
            Say(request, "answer lost");
            faults.LoseAnswer();
        }
        else if (Chance(swarm.TooMany))
        {
            Say(request, "429");
            faults.TooMany(Second);
        }
        else if (Chance(swarm.Errors))
        {
            var status = Errors[random.Next(Errors.Length)];
            Say(request, FormattableString.Invariant($"{status}"));
            faults.Fail(status);
        }
        else if (Chance(swarm.Delays))
        {
            Say(request, "delayed");
            faults.Delay(Second * random.NextDouble() * 3);
            world.Invariants.IsLate(request.Body);
        }
    }

    /// <summary>What happens to the world at this moment.</summary>
    public void Step()
    {
        if (_over)
        {
            return;
        }

        _operators.Step();
        foreach (var pod in _flapsUntil.Where(entry => entry.Value <= world.Time.Elapsed).Select(entry => entry.Key).ToList())
        {
            Ready(pod);
        }

        if (swarm.HasStandby && world.Leader is { } leader && leader != _leader)
        {
            occurrences.Add("leader change");
            _leader = leader;
        }

        while (_next <= world.Time.Elapsed)
        {
            _next += Second;
            _operators.Disturb();
            Disturb();
        }
    }

    /// <summary>All faults end, and an operator runs.</summary>
    public void Heal()
    {
        _over = true;
        world.Trace.Add(world.Time.Elapsed, "the weather clears");
        foreach (var pod in _flapsUntil.Keys.ToList())
        {
            Ready(pod);
        }

        _operators.Heal();
    }

    private void HitWatch(string process)
    {
        if (!swarm.SparesWatches)
        {
            world.Invariants.IsSeenLate();
        }

        var faults = world.Cluster.Faults.On("watch", manager: process);
        if (Chance(swarm.WatchesThatAreGone))
        {
            occurrences.Add("watch gone");
            faults.Gone();
        }
        else if (Chance(swarm.WatchesThatFallSilent))
        {
            occurrences.Add("watch silent");
            faults.Silent(random.Next(10));
        }
        else if (Chance(swarm.WatchesThatEnd))
        {
            occurrences.Add("watch ended");
            faults.CloseAfter(random.Next(10));
        }
        else if (Chance(swarm.WatchesThatLag))
        {
            occurrences.Add("watch lags");
            faults.Lag(Second * random.NextDouble() * 10);
        }
    }

    private void Disturb()
    {
        if (Chance(swarm.PodsLost) && APod() is { } lost && world.Try("DELETE", "pods", lost))
        {
            occurrences.Add("pod lost");
        }

        if (Chance(swarm.PodsFlap) && APod() is { } pod)
        {
            occurrences.Add("pod flaps");
            world.Trace.Add(world.Time.Elapsed, $"{pod} is not ready");
            world.Pods.Name(pod, rule => rule.NeverReady());
            _flapsUntil[pod] = world.Time.Elapsed + (Second * random.Next(1, 15));
        }

        if (Chance(swarm.GatewaysRestarted) && world.Gateways.Restart(random.Next(10)))
        {
            occurrences.Add("gateway restarted");
            world.Trace.Add(world.Time.Elapsed, "a gateway restarts");
        }

        if (Chance(swarm.ClockJumps))
        {
            occurrences.Add("clock jumps");
            world.Time.WallClockAhead += Second * random.Next(-60, 61);
            world.Trace.Add(world.Time.Elapsed, $"the wall clock is ahead by {world.Time.WallClockAhead}");
        }

        if (Chance(swarm.Compactions))
        {
            occurrences.Add("compaction");
            world.Cluster.Compact();
        }
    }

    private string? APod() => world.List("pods") is { Count: > 0 } pods ? pods[random.Next(pods.Count)]!["metadata"]!["name"]!.GetValue<string>() : null;

    private void Ready(string pod)
    {
        _flapsUntil.Remove(pod);
        world.Pods.Name(pod, rule => rule.ReadyAfter(Second));
    }

    private bool Chance(double share) => share > 0 && random.NextDouble() < share;

    private void Say(TransportRequest request, string what)
    {
        if (request.Method is "GET")
        {
            world.Invariants.IsSlow();
        }

        occurrences.Add(what);
        world.Trace.Add(world.Time.Elapsed, $"{what}: {request.Method} {request.PathAndQuery}");
    }
}
