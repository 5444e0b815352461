using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;

namespace MlopsOperator.DevCluster.Nodes.Pods;

/// <summary>
/// The life of a pod, one look at a time: takes in what has ended, then does the next thing. Init containers one after the other, then all containers;
/// what ended is started again by the pod's policy, with growing pauses; a pod that is not wanted any more is stopped.
/// </summary>
internal sealed class PodLifecycle(NodeServices node)
{
    private static readonly TimeSpan defaultGrace = TimeSpan.FromSeconds(30);
    private readonly ContainerStarter starter = new(node);
    private readonly ContainerStopper stopper = new(node);

    /// <returns>When to look again without being told, or null.</returns>
    public async Task<DateTimeOffset?> AdvanceAsync(JsonObject pod, PodState state, CancellationToken cancellationToken)
    {
        var now = node.Time.GetUtcNow();
        var next = new NextLook();
        foreach (var container in state.AllContainers)
        {
            await ReapAsync(pod, container, now, next);
        }

        if (pod.IsBeingDeleted())
        {
            await StopAsync(pod, state, now, next, cancellationToken);
            return next.At;
        }

        if (state.InitContainers.FirstOrDefault(container => !container.HasSucceeded) is { } init)
        {
            await RunInitAsync(pod, state, init, now, next, cancellationToken);
            return next.At;
        }

        foreach (var container in state.Containers)
        {
            await RunAsync(pod, state, container, now, next, cancellationToken);
        }

        return next.At;
    }

    /// <summary>Whether a pod that is being deleted has nothing left that runs.</summary>
    public static bool HasStopped(PodState state) => state.StoppingSince is not null && state.AllContainers.All(container => !container.IsRunning);

    /// <summary>Ends everything at once and waits for it.</summary>
    public static async Task KillAsync(PodState state)
    {
#pragma warning disable MA0042 // CancelAsync goes on in a thread of the pool, and a simulation runs everything on one.
        state.Lifetime.Cancel();
#pragma warning restore MA0042
        foreach (var container in state.AllContainers)
        {
            container.Run?.Kill();
        }

        foreach (var run in state.AllContainers.Select(container => container.Run).OfType<Processes.ProcessRun>())
        {
            await run.Ended;
        }

        foreach (var container in state.AllContainers)
        {
            container.Probing?.Dispose();
            container.Log?.Delete();
            container.PreviousLog?.Delete();
        }

        state.Lifetime.Dispose();
    }

    private async Task ReapAsync(JsonObject pod, ContainerState container, DateTimeOffset now, NextLook next)
    {
        if (container.Run is not { } run || container.Exit is not null)
        {
            return;
        }

        // Rules may change while a container runs; one whose rule is gone keeps the last.
        container.Rule = node.Options.Find(pod.Name(), pod.Labels(), container.Image) ?? container.Rule;
        run.Refresh(container.Rule!, now);
        if (run.Exit is not { } exit)
        {
            next.By(run.NextChange);
            return;
        }

        container.Exit = exit;
        container.Stop = null;
        container.Restarts.Failed(now, exit.At - container.StartedAt);
        if (container.Probing is { } probing)
        {
#pragma warning disable MA0042 // CancelAsync goes on in a thread of the pool, and a simulation runs everything on one.
            probing.Cancel();
#pragma warning restore MA0042
            probing.Dispose();
            container.Probing = null;
        }

        container.Log?.Close();
    }

    private async Task RunInitAsync(JsonObject pod, PodState state, ContainerState init, DateTimeOffset now, NextLook next, CancellationToken cancellationToken)
    {
        if (init.Spec.Text("restartPolicy") is "Always")
        {
            init.Waiting = ("CreateContainerConfigError", "DevCluster does not run sidecars (init containers with restartPolicy Always); make it a container of the pod");
            return;
        }

        await RunAsync(pod, state, init, now, next, cancellationToken);
        if (init.Run?.Exit is { Code: 0 })
        {
            // Done at once: the next one need not wait for another look.
            await ReapAsync(pod, init, now, next);
            next.By(now);
        }
    }

    private async Task RunAsync(JsonObject pod, PodState state, ContainerState container, DateTimeOffset now, NextLook next, CancellationToken cancellationToken)
    {
        if (container.IsRunning)
        {
            await WatchOverAsync(pod, state, container, now, next, cancellationToken);
            return;
        }

        if (container.Exit is null)
        {
            await starter.StartAsync(pod, state, container, next, cancellationToken);
            return;
        }

        if (!PodStatus.IsRestarted(pod, container))
        {
            return;
        }

        if (container.Restarts.NotBefore <= now)
        {
            await starter.StartAsync(pod, state, container, next, cancellationToken);
            return;
        }

        next.By(container.Restarts.NotBefore);
        var who = $"{container.Name} in pod {pod.Name()}_{pod.Namespace()}({state.Uid})";
        if (!container.IsBackingOff)
        {
            container.IsBackingOff = true;
            await node.Events.WriteAsync(ResourceId.Pods, pod, "Warning", "BackOff", $"Back-off restarting failed container {who}", NodeServices.FieldPath(container), cancellationToken);
        }

        container.Waiting = ("CrashLoopBackOff", $"back-off {Duration(container.Restarts.Pause)} restarting failed container={container.Name} pod={pod.Name()}_{pod.Namespace()}({state.Uid})");
    }

    /// <summary>A container whose startup or liveness probe failed for good is stopped; its policy starts it again.</summary>
    private async Task WatchOverAsync(JsonObject pod, PodState state, ContainerState container, DateTimeOffset now, NextLook next, CancellationToken cancellationToken)
    {
        if (container.Probes?.Fatal is { } kind && container.Stop is null)
        {
            var probe = container.Spec.Child(kind is Probes.ProbeKind.Startup ? "startupProbe" : "livenessProbe");
            container.Stop = new ContainerStop(now + Grace(probe.Number("terminationGracePeriodSeconds") ?? pod.Child("spec").Number("terminationGracePeriodSeconds")));
            var message = $"Container {container.Name} failed {(kind is Probes.ProbeKind.Startup ? "startup" : "liveness")} probe, will be restarted";
            await node.Events.WriteAsync(ResourceId.Pods, pod, "Normal", "Killing", message, NodeServices.FieldPath(container), cancellationToken);
        }

        if (container.Stop is not null)
        {
            stopper.Step(state, container, now, next);
        }
    }

    private async Task StopAsync(JsonObject pod, PodState state, DateTimeOffset now, NextLook next, CancellationToken cancellationToken)
    {
        var first = state.StoppingSince is null;
        state.StoppingSince ??= now;
        var grace = Grace(pod.Child("metadata").Number("deletionGracePeriodSeconds") ?? pod.Child("spec").Number("terminationGracePeriodSeconds"));
        var deadline = state.StoppingSince.Value + grace;
        foreach (var container in state.AllContainers.Where(container => container.IsRunning))
        {
            if (first)
            {
                await node.Events.WriteAsync(ResourceId.Pods, pod, "Normal", "Killing", $"Stopping container {container.Name}", NodeServices.FieldPath(container), cancellationToken);
            }

            container.Stop ??= new ContainerStop(deadline);
            if (deadline < container.Stop.Deadline)
            {
                container.Stop.Deadline = deadline;
            }

            stopper.Step(state, container, now, next);
            if (container.Run!.Exit is not null)
            {
                next.By(now);
            }
        }

        foreach (var container in state.AllContainers)
        {
            container.IsBackingOff = false;
        }
    }

    private static TimeSpan Grace(int? seconds) => seconds is { } given ? TimeSpan.FromSeconds(Math.Max(0, given)) : defaultGrace;

    private static string Duration(TimeSpan time) => time < TimeSpan.FromMinutes(1)
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalSeconds:0}s")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}m{time.Seconds}s");
}
