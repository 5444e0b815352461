using System.Globalization;
using k8s.Models;
using MlopsOperator.Api;

namespace MlopsOperator.Operator.Rollouts.Observing;

/// <summary>Says in a sentence why pods are not ready, from what the kubelet reports. Pure.</summary>
internal static class PodProblems
{
    private const int MessageLimit = 300;

    // What is normal on the way up is no problem.
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal) { "ContainerCreating", "PodInitializing" };

    /// <summary>The scheduler's text for the first pod, by name, that cannot be scheduled.</summary>
    public static string? Unschedulable(IEnumerable<V1Pod> pods) => Sorted(pods)
        .Select(pod => pod.Status?.Conditions?.FirstOrDefault(condition => condition is { Type: "PodScheduled", Status: "False", Reason: "Unschedulable" }))
        .FirstOrDefault(condition => condition is not null)?.Message;

    /// <summary>What the first pod that has a problem reports: waiting reasons, exit codes, termination messages.</summary>
    public static string? First(IEnumerable<V1Pod> pods) => Sorted(pods).Select(Describe).FirstOrDefault(problem => problem is not null);

    /// <summary>
    /// The fetcher's word that the bytes are not those of the ModelVersion, or are not there: exit code 10 means that trying again will not help.
    /// </summary>
    public static string? Fatal(IEnumerable<V1Pod> pods) => Sorted(pods)
        .Select(pod => pod.Status?.InitContainerStatuses?.FirstOrDefault(status => status.Name is WellKnown.FetcherContainer))
        .Select(status => status?.State?.Terminated ?? status?.LastState?.Terminated)
        .Where(terminated => terminated?.ExitCode == 10)
        .Select(terminated => Fetcher(terminated!.Message) ?? $"{WellKnown.FetcherContainer} ended with exit code 10")
        .FirstOrDefault();

    private static string? Describe(V1Pod pod)
    {
        var statuses = (pod.Status?.InitContainerStatuses ?? []).Concat(pod.Status?.ContainerStatuses ?? []);
        foreach (var status in statuses)
        {
            var waiting = status.State?.Waiting;
            if (waiting is not null && !Harmless.Contains(waiting.Reason ?? ""))
            {
                var last = status.LastState?.Terminated;
                var cause = last is null ? waiting.Message : Ended(last);
                return Cut($"pod {pod.Metadata.Name}, container {status.Name}: {waiting.Reason}{(string.IsNullOrEmpty(cause) ? "" : ": " + cause)}");
            }

            if (status.State?.Terminated is { ExitCode: not 0 } terminated)
            {
                return Cut($"pod {pod.Metadata.Name}, container {status.Name}: {Ended(terminated)}");
            }
        }

        return null;
    }

    private static string Ended(V1ContainerStateTerminated terminated)
    {
        var message = Fetcher(terminated.Message) ?? terminated.Message;
        return string.Create(CultureInfo.InvariantCulture, $"ended with exit code {terminated.ExitCode}{(string.IsNullOrEmpty(message) ? "" : ": " + message)}");
    }

    /// <summary>The sentence in the fetcher's one line of JSON.</summary>
    private static string? Fetcher(string? message) => PodText.Parse(message) is { } report && report["reason"] is { } reason
        ? $"{reason}: {report["message"] ?? $"expected {report["expected"]}, got {report["got"]}"}"
        : null;

    private static IEnumerable<V1Pod> Sorted(IEnumerable<V1Pod> pods) => pods.OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal);

    private static string Cut(string text) => text.Length > MessageLimit ? text[..MessageLimit] : text;
}
