using System.Globalization;
using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Controllers.ReplicaSets;

/// <summary>
/// Which pods go first when there are too many: those that serve least. Not bound before bound, Pending before Running, not ready before ready,
/// lower deletion cost, ready for a shorter time, more restarts, younger, and by name where nothing else tells them apart.
/// </summary>
internal static class DeletionOrder
{
    public static IEnumerable<JsonObject> Sort(IEnumerable<JsonObject> pods) => pods
        .OrderBy(pod => pod.Child("spec").Text("nodeName") is { Length: > 0 } ? 1 : 0)
        .ThenBy(pod => pod.Child("status").Text("phase") switch { "Running" => 2, "Unknown" => 1, _ => 0 })
        .ThenBy(pod => PodReadiness.IsReady(pod) ? 1 : 0)
        .ThenBy(DeletionCost)
        .ThenByDescending(pod => pod.Condition("Ready").Time("lastTransitionTime") ?? DateTimeOffset.MaxValue)
        .ThenByDescending(pod => pod.Child("status").Items("containerStatuses").Sum(status => status.Number("restartCount") ?? 0))
        .ThenByDescending(pod => pod.Child("metadata").Time("creationTimestamp") ?? DateTimeOffset.MaxValue)
        .ThenByDescending(pod => pod.Name(), StringComparer.Ordinal);

    private static int DeletionCost(JsonObject pod) =>
        pod.Annotations().TryGetValue("controller.kubernetes.io/pod-deletion-cost", out var text)
        && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cost) ? cost : 0;
}
