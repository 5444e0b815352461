using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Nodes.Logs;
using MlopsOperator.DevCluster.Nodes.Probes;
using MlopsOperator.DevCluster.Nodes.Processes;
using MlopsOperator.DevCluster.Nodes.Scripts;

namespace MlopsOperator.DevCluster.Nodes.Pods;

/// <summary>Starts containers: finds the rule of the image, makes volumes, environment and command ready, and runs it.</summary>
internal sealed class ContainerStarter(NodeServices node)
{
    /// <summary>Starts a container, or says in its state why not and when to try again.</summary>
    public async Task StartAsync(JsonObject pod, PodState state, ContainerState container, NextLook next, CancellationToken cancellationToken)
    {
        var now = node.Time.GetUtcNow();
        var rule = node.Options.Find(pod.Name(), pod.Labels(), container.Image);
        if (rule is null || rule.PullError is not null)
        {
            await FailPullAsync(pod, container, rule, now, next, cancellationToken);
            return;
        }

        try
        {
            if (rule.Command is null)
            {
                Begin(container, rule, now);
                container.Run = StartScripted(state, container, rule, now);
            }
            else
            {
                await StartProcessAsync(pod, state, container, rule, now, cancellationToken);
            }
        }
        catch (ContainerSetupException exception)
        {
            await FailSetupAsync(pod, state, container, exception.Message, now, next, cancellationToken);
            return;
        }
        catch (ProcessStartException exception)
        {
            container.Exit = new ContainerExit(128, "StartError", exception.Message, now);
            container.Restarts.Failed(now, TimeSpan.Zero);
            next.By(now);
            await TellAsync(pod, container, "Warning", "Failed", $"Error: {exception.Message}", cancellationToken);
            return;
        }

        container.Run!.Refresh(rule, now);
        next.By(container.Run.Exit is null ? container.Run.NextChange : now);
        await TellAsync(pod, container, "Normal", "Started", $"Started container {container.Name}", cancellationToken);
    }

    private static void Begin(ContainerState container, PodRule rule, DateTimeOffset now)
    {
        if (container.Exit is { } exit)
        {
            container.Previous = (exit, container.StartedAt);
            container.RestartCount++;
            container.Restarts.Attempt();
        }

        container.Rule = rule;
        container.Exit = null;
        container.Run = null;
        container.IsBackingOff = false;
        container.Stop = null;
        container.Probes = null;
        container.StartedAt = now;
        container.PreviousLog?.Delete();
        container.PreviousLog = container.Log;
        container.Log = null;
    }

    private ScriptedRun StartScripted(PodState state, ContainerState container, PodRule rule, DateTimeOffset now)
    {
        if (rule.LogLines.Count > 0)
        {
            container.Log = NewLog(state, container);
            foreach (var line in rule.LogLines)
            {
                container.Log.Append("stdout", System.Text.Encoding.UTF8.GetBytes(line + "\n"));
            }
        }

        return new ScriptedRun(container.IsInit, now, node.Time);
    }

    private async Task StartProcessAsync(JsonObject pod, PodState state, ContainerState container, PodRule rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        state.Folder ??= await node.Volumes.CreateAsync(pod, state.Address!, Path.Combine(node.PodsFolder, state.Uid), cancellationToken);
        var incarnation = container.Exit is null ? container.RestartCount : container.RestartCount + 1;
        var start = await node.Commands.BuildAsync(pod, state, container, rule, incarnation, cancellationToken);
        Begin(container, rule, now);
        if (Executables.Find(start.Command[0], start.Environment["PATH"]) is null)
        {
            throw new ProcessStartException($"exec: \"{start.Command[0]}\": executable file not found");
        }

        var log = container.Log = NewLog(state, container);
        var messages = new TerminationMessage(container.Spec, state.Folder.MessageFile(container, container.RestartCount), log);
        var run = await ProcessRun.StartAsync(node.Launcher, start, log, messages.ReadAsync, () => node.Wake(state.Key), node.Time, cancellationToken);
        container.Run = run;
        container.Probes = StartProbes(pod, state, container, run);
    }

    private ContainerLog NewLog(PodState state, ContainerState container)
    {
        var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{container.RestartCount}.log");
        return new ContainerLog(Path.Combine(node.LogsFolder, state.Uid, container.Name, name), node.Time);
    }

    private ContainerProbes? StartProbes(JsonObject pod, PodState state, ContainerState container, ProcessRun run)
    {
        if (container.IsInit)
        {
            return null;
        }

        container.Probing = CancellationTokenSource.CreateLinkedTokenSource(state.Lifetime.Token);
        var probes = new ContainerProbes(
            container.Spec,
            (probe, cancellationToken) => node.Probes.RunAsync(container.Spec, probe.Content, state.Address!, run, probe.Timeout, cancellationToken),
            (kind, result) =>
            {
                if (!result.Success)
                {
                    node.Unhealthy(pod, container, kind, result);
                }

                node.Wake(state.Key);
            },
            node.Time);
        node.Track(probes.RunAsync(container.Probing.Token));
        return probes;
    }

    private async Task FailPullAsync(JsonObject pod, ContainerState container, PodRule? rule, DateTimeOffset now, NextLook next, CancellationToken cancellationToken)
    {
        var known = node.Options.KnownImages();
        var why = rule?.PullError ?? $"DevCluster does not know the image \"{container.Image}\"; it knows: {(known.Count == 0 ? "none" : string.Join(", ", known))}";
        if (container.Pulls.NotBefore > now)
        {
            container.Waiting = ("ImagePullBackOff", $"Back-off pulling image \"{container.Image}\": {why}");
            next.By(container.Pulls.NotBefore);
            return;
        }

        // The pause that a failed attempt is followed by begins at 10 s.
        container.Pulls.Failed(now, TimeSpan.Zero);
        container.Pulls.Attempt();
        container.Waiting = ("ErrImagePull", why);
        next.By(container.Pulls.NotBefore);
        await TellAsync(pod, container, "Warning", "Failed", $"Failed to pull image \"{container.Image}\": {why}", cancellationToken);
    }

    private async Task FailSetupAsync(JsonObject pod, PodState state, ContainerState container, string message, DateTimeOffset now, NextLook next, CancellationToken cancellationToken)
    {
        next.By(now + Limits.SetupPause);
        if (state.Folder is null)
        {
            container.Waiting = ("ContainerCreating", message);
            await TellAsync(pod, null, "Warning", "FailedMount", $"MountVolume.SetUp failed: {message}", cancellationToken);
        }
        else
        {
            container.Waiting = ("CreateContainerConfigError", message);
            await TellAsync(pod, container, "Warning", "Failed", $"Error: {message}", cancellationToken);
        }
    }

    private Task TellAsync(JsonObject pod, ContainerState? container, string type, string reason, string message, CancellationToken cancellationToken) =>
        node.Events.WriteAsync(ResourceId.Pods, pod, type, reason, message, container is null ? null : NodeServices.FieldPath(container), cancellationToken);
}
