using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Controllers.ReplicaSets;

/// <summary>What the controllers read from a pod's status.</summary>
internal static class PodReadiness
{
    public static bool IsReady(JsonObject pod) => pod.HasCondition("Ready");

    public static bool HasEnded(JsonObject pod) => pod.Child("status").Text("phase") is "Succeeded" or "Failed";

    /// <summary>Counts towards replicas: neither ended nor on its way out.</summary>
    public static bool IsActive(JsonObject pod) => !HasEnded(pod) && !pod.IsBeingDeleted();

    /// <summary>How long until a ready pod has been ready for minReadySeconds; zero: available; null: not ready.</summary>
    public static TimeSpan? UntilAvailable(JsonObject pod, int minReadySeconds, DateTimeOffset now)
    {
        if (!IsReady(pod))
        {
            return null;
        }

        var since = pod.Condition("Ready").Time("lastTransitionTime") ?? now;
        var left = since + TimeSpan.FromSeconds(minReadySeconds) - now;
        return left > TimeSpan.Zero && minReadySeconds > 0 ? left : TimeSpan.Zero;
    }
}
