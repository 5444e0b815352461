using System.Globalization;
using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Controllers.Deployments;

/// <summary>What a Deployment's spec says, with its percentages worked out.</summary>
/// <param name="Replicas">Wanted pods.</param>
/// <param name="MaxSurge">Pods that may be there beyond the wanted; 0 for Recreate.</param>
/// <param name="MaxUnavailable">Pods that may be missing meanwhile.</param>
/// <param name="Recreate">All old pods go before the first new one comes.</param>
/// <param name="Paused">Template changes wait.</param>
/// <param name="ProgressDeadline">How long no progress is borne, or null: for ever.</param>
/// <param name="HistoryLimit">Old ReplicaSets that are kept.</param>
internal sealed record DeploymentPlan(
    int Replicas, int MaxSurge, int MaxUnavailable, bool Recreate, bool Paused, TimeSpan? ProgressDeadline, int HistoryLimit)
{
    /// <summary>Pods that may be there at most.</summary>
    public int MaxPods => Replicas + MaxSurge;

    /// <summary>Pods that must be available at least.</summary>
    public int MinAvailable => Replicas - MaxUnavailable;

    public static DeploymentPlan Of(JsonObject deployment)
    {
        var spec = deployment.Child("spec");
        var replicas = spec.Number("replicas") ?? 1;
        var recreate = spec.Child("strategy").Text("type") is "Recreate";
        var rolling = spec.Child("strategy").Child("rollingUpdate");
        var surge = recreate ? 0 : Share(rolling?["maxSurge"], replicas, roundUp: true);
        var unavailable = recreate ? 0 : Share(rolling?["maxUnavailable"], replicas, roundUp: false);
        if (!recreate && surge == 0 && unavailable == 0)
        {
            // With neither, nothing could ever move.
            unavailable = 1;
        }

        var deadline = spec.Number("progressDeadlineSeconds") ?? 600;
        return new DeploymentPlan(
            replicas,
            surge,
            Math.Min(unavailable, replicas),
            recreate,
            spec.IsTrue("paused"),
            deadline == int.MaxValue ? null : TimeSpan.FromSeconds(deadline),
            spec.Number("revisionHistoryLimit") ?? 10);
    }

    private static int Share(JsonNode? value, int replicas, bool roundUp)
    {
        var text = value?.GetValueKind() switch
        {
            null => "25%",
            System.Text.Json.JsonValueKind.String => value.GetValue<string>(),
            _ => value.ToJsonString(),
        };
        if (!text.EndsWith('%'))
        {
            return int.TryParse(text, CultureInfo.InvariantCulture, out var count) ? count : 0;
        }

        var percent = int.TryParse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        var exact = percent * replicas / 100.0;
        return (int)(roundUp ? Math.Ceiling(exact) : Math.Floor(exact));
    }
}
