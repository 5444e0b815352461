using System.Text.Json.Nodes;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>Tells what is wrong with a pod, for a person who sees nothing else of it.</summary>
internal static class PodTrouble
{
    private static readonly string[] StatusLists = ["initContainerStatuses", "containerStatuses"];

    /// <summary>A sentence for each container that waits, has failed, or runs again after a failure without being ready; and one if the pod has no node.</summary>
    public static IEnumerable<string> Of(JsonNode pod)
    {
        var name = $"Pod {(string?)pod["metadata"]!["namespace"]}/{(string?)pod["metadata"]!["name"]}";
        var unscheduled = pod["status"]?["conditions"]?.AsArray().FirstOrDefault(condition => (string?)condition!["type"] is "PodScheduled" && (string?)condition["status"] is "False");
        if (unscheduled is not null)
        {
            yield return $"{name} is not scheduled: {(string?)unscheduled["reason"]}, {(string?)unscheduled["message"]}";
        }

        foreach (var status in StatusLists.SelectMany(list => pod["status"]?[list]?.AsArray() ?? []).OfType<JsonNode>())
        {
            if (State(status) is { } state)
            {
                yield return $"{name}, container {(string?)status["name"]}: {state}{LastExit(status)}.";
            }
        }
    }

    private static string? State(JsonNode status)
    {
        var state = status["state"];
        if (state?["waiting"] is { } waiting)
        {
            return Reason(waiting);
        }

        if (state?["terminated"] is { } terminated)
        {
            return (int?)terminated["exitCode"] is 0 ? null : FormattableString.Invariant($"{Reason(terminated)}, exit code {(int?)terminated["exitCode"]}");
        }

        return status["lastState"]?["terminated"] is not null && (bool?)status["ready"] is not true ? "runs again and is not ready" : null;
    }

    private static string LastExit(JsonNode status) => status["lastState"]?["terminated"] is { } last
        ? FormattableString.Invariant($"; {(int?)status["restartCount"]} restarts, last exit code {(int?)last["exitCode"]} ({Reason(last)})")
        : "";

    private static string Reason(JsonNode state) => string.Join(", ", new[] { (string?)state["reason"], (string?)state["message"] }.Where(text => !string.IsNullOrEmpty(text)));
}
