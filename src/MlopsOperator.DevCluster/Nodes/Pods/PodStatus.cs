using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;

namespace MlopsOperator.DevCluster.Nodes.Pods;

/// <summary>Pure: the status of a pod from what the node knows of it.</summary>
internal static class PodStatus
{
    public static JsonObject Build(JsonObject pod, PodState state, DateTimeOffset now)
    {
        var status = (JsonObject?)pod.Child("status")?.DeepClone() ?? [];
        var phase = Phase(pod, state);
        status["phase"] = phase;
        status["conditions"] = Conditions(pod, state, phase, now);
        status["hostIP"] = ClusterNode.HostAddress;
        status["hostIPs"] = new JsonArray(new JsonObject { ["ip"] = ClusterNode.HostAddress });
        if (state.Address is { } address)
        {
            status["podIP"] = address;
            status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = address });
        }

        status["startTime"] = state.StartedAt.ToApiTime();
        if (state.InitContainers.Count > 0)
        {
            status["initContainerStatuses"] = new JsonArray([.. state.InitContainers.Select(container => ContainerStatus(state, container))]);
        }

        status["containerStatuses"] = new JsonArray([.. state.Containers.Select(container => ContainerStatus(state, container))]);
        return status;
    }

    /// <summary>Whether an ended container is started again by the pod's policy.</summary>
    public static bool IsRestarted(JsonObject pod, ContainerState container) => pod.Child("spec").Text("restartPolicy") switch
    {
        "Never" => false,
        "OnFailure" => !container.HasSucceeded,
        _ => !container.IsInit || !container.HasSucceeded,
    };

    /// <summary>A condition that keeps the time of its last transition while its status stays.</summary>
    public static JsonObject Condition(JsonObject pod, string type, bool value, string? reason, string? message, DateTimeOffset now)
    {
        var status = value ? "True" : "False";
        var before = pod.Condition(type);
        var since = string.Equals(before.Text("status"), status, StringComparison.Ordinal) ? before.Text("lastTransitionTime") : null;
        var condition = new JsonObject
        {
            ["type"] = type,
            ["status"] = status,
            ["lastProbeTime"] = null,
            ["lastTransitionTime"] = since ?? now.ToApiTime(),
        };
        if (reason is not null)
        {
            condition["reason"] = reason;
            condition["message"] = message;
        }

        return condition;
    }

    private static string Phase(JsonObject pod, PodState state)
    {
        if (state.InitContainers.Any(container => container.Exit is { Code: not 0 } && !IsRestarted(pod, container)))
        {
            return "Failed";
        }

        if (!state.IsInitialized || state.Containers.Any(container => container.Run is null && container.Exit is null))
        {
            return state.StoppingSince is not null && state.Containers.All(container => !container.IsRunning) ? "Failed" : "Pending";
        }

        var stopped = state.StoppingSince is not null;
        if (state.Containers.Any(container => container.IsRunning || (!stopped && IsRestarted(pod, container))))
        {
            return "Running";
        }

        return state.Containers.All(container => container.HasSucceeded) ? "Succeeded" : "Failed";
    }

    private static JsonArray Conditions(JsonObject pod, PodState state, string phase, DateTimeOffset now)
    {
        var unfinished = state.InitContainers.Where(container => !container.HasSucceeded).Select(container => container.Name).ToList();
        var unready = state.Containers.Where(container => !container.IsReady).Select(container => container.Name).ToList();
        var (reason, message) = phase is "Succeeded" ? ("PodCompleted", null)
            : phase is "Failed" ? ("PodFailed", null)
            : ("ContainersNotReady", (string?)$"containers with unready status: [{string.Join(' ', unready)}]");
        var containersReady = unready.Count == 0 && phase is "Running";
        var gates = pod.Child("spec").Items("readinessGates").Select(gate => gate.Text("conditionType") ?? "").Where(type => !pod.HasCondition(type)).ToList();
        var ready = containersReady && gates.Count == 0;
        if (containersReady && !ready)
        {
            (reason, message) = ("ReadinessGatesNotReady", $"corresponding condition of pod readiness gate \"{gates[0]}\" does not exist or is not True");
        }

        JsonObject[] ours =
        [
            Condition(pod, "Initialized", unfinished.Count == 0, unfinished.Count == 0 ? null : "ContainersNotInitialized", $"containers with incomplete status: [{string.Join(' ', unfinished)}]", now),
            Condition(pod, "Ready", ready, ready ? null : reason, message, now),
            Condition(pod, "ContainersReady", containersReady, containersReady ? null : reason, message, now),
            Condition(pod, "PodScheduled", value: true, null, null, now),
        ];
        var names = ours.Select(condition => condition.Text("type")).ToHashSet(StringComparer.Ordinal);
        var others = pod.Child("status").Items("conditions").Where(condition => !names.Contains(condition.Text("type"))).Select(condition => condition.DeepClone());
        return new JsonArray([.. ours, .. others]);
    }

    private static JsonObject ContainerStatus(PodState state, ContainerState container)
    {
        var current = new JsonObject();
        var last = new JsonObject();
        if (container.Previous is { } previous)
        {
            last["terminated"] = Terminated(state, container, previous.Exit, previous.StartedAt, container.RestartCount - 1);
        }

        if (container.IsRunning)
        {
            current["running"] = new JsonObject { ["startedAt"] = container.StartedAt.ToApiTime() };
        }
        else if (container.Exit is { } exit && !container.IsBackingOff)
        {
            current["terminated"] = Terminated(state, container, exit, container.StartedAt, container.RestartCount);
        }
        else
        {
            var waiting = new JsonObject { ["reason"] = Reason(state, container) };
            if (container.Waiting.Message is { } message)
            {
                waiting["message"] = message;
            }

            current["waiting"] = waiting;
            if (container.Exit is { } ended)
            {
                last = new JsonObject { ["terminated"] = Terminated(state, container, ended, container.StartedAt, container.RestartCount) };
            }
        }

        var hasRun = container.Run is not null || container.Exit is not null;
        return new JsonObject
        {
            ["name"] = container.Name,
            ["state"] = current,
            ["lastState"] = last,
            ["ready"] = container.IsInit ? container.HasSucceeded : container.IsReady,
            ["restartCount"] = container.RestartCount,
            ["image"] = container.Image,
            ["imageID"] = hasRun ? $"devcluster://{container.Image}" : "",
            ["containerID"] = hasRun ? Id(state, container, container.RestartCount) : "",
            ["started"] = container.HasStarted,
        };
    }

    private static string Reason(PodState state, ContainerState container) =>
        container.Waiting.Reason is "ContainerCreating" && !state.IsInitialized ? "PodInitializing" : container.Waiting.Reason;

    private static JsonObject Terminated(PodState state, ContainerState container, ContainerExit exit, DateTimeOffset started, int incarnation)
    {
        var terminated = new JsonObject { ["exitCode"] = exit.Code, ["reason"] = exit.Reason };
        if (!string.IsNullOrEmpty(exit.Message))
        {
            terminated["message"] = exit.Message;
        }

        terminated["startedAt"] = started.ToApiTime();
        terminated["finishedAt"] = exit.At.ToApiTime();
        terminated["containerID"] = Id(state, container, incarnation);
        return terminated;
    }

    private static string Id(PodState state, ContainerState container, int incarnation) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"devcluster://{state.Uid}/{container.Name}/{incarnation}");
}
