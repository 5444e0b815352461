using MlopsOperator.DevCluster;
using MlopsOperator.Simulation.Comparison;
using MlopsOperator.Simulation.Scenarios;
using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Crashes;

/// <summary>One run of a scenario, undisturbed or disturbed at one write.</summary>
internal static class CrashRun
{
    private const string Operator = "operator";
    private static readonly TimeSpan DownFor = TimeSpan.FromSeconds(3);

    /// <summary>Two looks whether stable's history is to be saved: at the first, half a minute may not be over since the last save.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(70);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    /// <summary>The run that the others are compared with: its writes and its end.</summary>
    public static async Task<Undisturbed> UndisturbedAsync(Scenario scenario)
    {
        await using var world = await Scenario.BeginAsync(scenario.Strategy);
        var writes = new List<OperatorWrite>();
        world.Transport.Sending = request =>
        {
            if (request.Method is not "GET")
            {
                writes.Add(new OperatorWrite(writes.Count + 1, request.Method, request.PathAndQuery.Split('?')[0], Phase(world), world.Deployment?.Metadata.Generation == 1));
            }
        };
        var before = world.Cluster.CountWrites(Operator);
        await scenario.Tell(world);
        var counted = writes.Count;
        await world.WritesAtRestAsync(Settling, Quiet);
        return new Undisturbed(scenario, before, [.. writes.Take(counted)], FinalState.Of(world), world.Time.Elapsed);
    }

    /// <summary>What is wrong with a disturbed run; null if it ended as the undisturbed one.</summary>
    public static async Task<CrashFailure?> DisturbedAsync(Undisturbed wanted, OperatorWrite write, CrashMode mode)
    {
        var world = await Scenario.BeginAsync(wanted.Scenario.Strategy);
        var problem = await world.ProblemOfAsync(async () =>
        {
            Disturb(world, write.Number, mode);
            await wanted.Scenario.Tell(world);
            var noise = await world.WritesAtRestAsync(Settling, Quiet);
            var difference = FinalState.Difference(wanted.End, FinalState.Of(world));
            var orphans = FinalState.Orphans(world);
            return difference.Count > 0 ? "it ends otherwise than the undisturbed run:\n" + string.Join('\n', difference)
                : orphans.Count > 0 ? "left behind: " + string.Join("; ", orphans)
                : noise.Count > 0 ? "it writes though nothing happens: " + string.Join("; ", noise)
                : null;
        });
        return problem is null ? null : new CrashFailure(wanted.Scenario.Name, write, mode, problem, [.. world.Trace.Last]);
    }

    private static string Phase(ReleaseWorld world) =>
        world.Deployment?.Status?.LastRollout is > 0 and var last && world.Rollout(last)?.Status is { } status ? FormattableString.Invariant($"{status.Phase} {status.Reason}") : "none";

    private static void Disturb(ReleaseWorld world, int write, CrashMode mode)
    {
        switch (mode)
        {
            case CrashMode.OnlyAnswerLost:
                world.Cluster.Faults.On("write", manager: Operator).Skip(write - 1).LoseAnswer();
                break;
            case CrashMode.Conflict:
                world.Cluster.Faults.On("write", manager: Operator).Skip(write - 1).Conflict();
                break;
            default:
                var point = mode switch { CrashMode.Before => CrashPoint.Before, CrashMode.After => CrashPoint.After, _ => CrashPoint.AnswerLost };
                var crash = world.Cluster.CrashAt(write, point, Operator);
                TimeSpan? back = null;
                world.AfterStep = () =>
                {
                    if (crash.HasHappened && back is null)
                    {
                        world.Trace.Add(world.Time.Elapsed, "the operator crashes");
                        back = world.Time.Elapsed + DownFor;
                        world.KillOperator();
                    }
                    else if (back <= world.Time.Elapsed && !world.HasOperator)
                    {
                        world.Trace.Add(world.Time.Elapsed, "the operator starts again");
                        world.Cluster.Revive(Operator);
                        world.StartOperator();
                    }
                };
                break;
        }
    }
}
