using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;

namespace MlopsOperator.DevCluster.Nodes.Pods;

/// <summary>Stops a container: preStop hook, SIGTERM when it is done, SIGKILL when the grace is over.</summary>
internal sealed class ContainerStopper(NodeServices node)
{
    public void Step(PodState state, ContainerState container, DateTimeOffset now, NextLook next)
    {
        var stop = container.Stop!;
        var run = container.Run!;
        BeginHook(state, container, stop, now);
        var sleeping = stop.SleepsUntil > now;
        var hookRuns = sleeping || stop.Hook is { IsCompleted: false };
        if (hookRuns && now < stop.Deadline)
        {
            next.By(Earlier(stop.Deadline, sleeping ? stop.SleepsUntil!.Value : stop.Deadline));
            return;
        }

        if (!stop.Asked)
        {
            stop.Asked = true;
            if (hookRuns)
            {
                // The hook took the whole grace: the program still gets a moment to end by itself.
                stop.Deadline = now + Limits.MinimumGrace;
            }

            run.Terminate();
        }

        if (now >= stop.Deadline && !stop.Killed)
        {
            stop.Killed = true;
            run.Kill();
        }

        run.Refresh(container.Rule!, now);
        if (!stop.Killed)
        {
            next.By(stop.Deadline);
        }

        next.By(run.Exit is null ? run.NextChange : now);
    }

    private void BeginHook(PodState state, ContainerState container, ContainerStop stop, DateTimeOffset now)
    {
        if (stop.Hook is not null || stop.SleepsUntil is not null || container.Spec.Child("lifecycle").Child("preStop") is not { } hook)
        {
            return;
        }

        if (hook.Child("sleep") is { } sleep)
        {
            stop.SleepsUntil = now + TimeSpan.FromSeconds(sleep.Number("seconds") ?? 0);
            return;
        }

        stop.Hook = container.Run is Processes.ProcessRun ? RunHookAsync(state, container, hook, stop.Deadline - now) : Task.CompletedTask;
        node.Track(stop.Hook);
    }

    private async Task RunHookAsync(PodState state, ContainerState container, JsonObject hook, TimeSpan grace)
    {
        await Task.Yield();
        try
        {
            await node.Probes.RunAsync(container.Spec, hook, state.Address!, container.Run!, grace > TimeSpan.Zero ? grace : Limits.MinimumGrace, state.Lifetime.Token);
        }
        catch (OperationCanceledException)
        {
            // The pod is gone.
        }
        finally
        {
            node.Wake(state.Key);
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one <= other ? one : other;
}
