using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Weather;

/// <summary>Lets the faults of a seed happen to a world, until it is told to stop.</summary>
internal sealed class WeatherMaker(ReleaseWorld world, Swarm swarm, Random random)
{
    private const string Operator = "operator";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private TimeSpan _next = Second;
    private TimeSpan? _back;
    private bool _over;

    /// <summary>What happens to the request that is about to be sent.</summary>
    public void Hit(TransportRequest request)
    {
        if (_over)
        {
            return;
        }

        if (request.PathAndQuery.Contains("watch=", StringComparison.Ordinal))
        {
            HitWatch();
            return;
        }

        var faults = world.Cluster.Faults.On(manager: Operator);
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
            Say(request, "500");
            faults.Fail(500);
        }
        else if (Chance(swarm.Delays))
        {
            Say(request, "delayed");
            faults.Delay(Second * random.NextDouble() * 3);
        }
    }

    /// <summary>What happens to the world at this moment.</summary>
    public void Step()
    {
        if (_back <= world.Time.Elapsed)
        {
            Start();
        }

        while (!_over && _next <= world.Time.Elapsed)
        {
            _next += Second;
            Disturb();
        }
    }

    /// <summary>All faults end, and an operator runs.</summary>
    public void Heal()
    {
        _over = true;
        world.Trace.Add(world.Time.Elapsed, "the weather clears");
        if (!world.HasOperator)
        {
            Start();
        }
    }

    private void HitWatch()
    {
        var faults = world.Cluster.Faults.On("watch", manager: Operator);
        if (Chance(swarm.WatchesThatAreGone))
        {
            faults.Gone();
        }
        else if (Chance(swarm.WatchesThatFallSilent))
        {
            faults.Silent(random.Next(10));
        }
        else if (Chance(swarm.WatchesThatEnd))
        {
            faults.CloseAfter(random.Next(10));
        }
        else if (Chance(swarm.WatchesThatLag))
        {
            faults.Lag(Second * random.NextDouble() * 10);
        }
    }

    private void Disturb()
    {
        if (Chance(swarm.Crashes) && world.HasOperator)
        {
            world.Trace.Add(world.Time.Elapsed, "the operator crashes");
            world.KillOperator();
            _back = world.Time.Elapsed + (Second * random.Next(1, 20));
        }

        if (Chance(swarm.PodsLost) && world.List("pods") is { Count: > 0 } pods)
        {
            world.Try("DELETE", "pods", pods[random.Next(pods.Count)]!["metadata"]!["name"]!.GetValue<string>());
        }

        if (Chance(swarm.GatewaysRestarted))
        {
            world.Trace.Add(world.Time.Elapsed, "a gateway restarts");
            world.Gateways.Restart(random.Next(10));
        }

        if (Chance(swarm.ClockJumps))
        {
            world.Time.WallClockAhead += Second * random.Next(-60, 61);
            world.Trace.Add(world.Time.Elapsed, $"the wall clock is ahead by {world.Time.WallClockAhead}");
        }

        if (Chance(swarm.Compactions))
        {
            world.Cluster.Compact();
        }
    }

    private void Start()
    {
        _back = null;
        world.Trace.Add(world.Time.Elapsed, "the operator starts again");
        world.StartOperator();
    }

    private bool Chance(double share) => share > 0 && random.NextDouble() < share;

    private void Say(TransportRequest request, string what) => world.Trace.Add(world.Time.Elapsed, $"{what}: {request.Method} {request.PathAndQuery}");
}
