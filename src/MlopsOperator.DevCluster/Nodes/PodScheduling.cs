using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;

namespace MlopsOperator.DevCluster.Nodes;

/// <summary>Pure: whether a pod may run on the only node there is.</summary>
internal static class PodScheduling
{
    public const string Selector = "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.";

    /// <summary>Null: it may; else why not.</summary>
    public static string? WhyNot(JsonObject pod, IReadOnlyDictionary<string, string> nodeLabels, PodOptions options)
    {
        if (!LabelSelection.MatchesAll(pod.Child("spec").Map("nodeSelector"), nodeLabels))
        {
            return Selector;
        }

        var labels = pod.Labels();
        return pod.Child("spec").Items("containers")
            .Select(container => options.Find(pod.Name(), labels, container.Text("image") ?? "")?.UnschedulableMessage)
            .FirstOrDefault(message => message is not null);
    }
}
