using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Controllers.Deployments;

/// <summary>One look at a Deployment: what was found, and what was done meanwhile.</summary>
/// <param name="deployment">The Deployment.</param>
/// <param name="plan">Its spec.</param>
/// <param name="newest">The set of its present template, if there is one.</param>
/// <param name="old">Its other sets, the oldest first.</param>
internal sealed class RolloutRound(JsonObject deployment, DeploymentPlan plan, OwnedReplicaSet? newest, IReadOnlyList<OwnedReplicaSet> old)
{
    public JsonObject Deployment { get; } = deployment;

    public DeploymentPlan Plan { get; } = plan;

    public OwnedReplicaSet? Newest { get; set; } = newest;

    public IReadOnlyList<OwnedReplicaSet> Old { get; } = old;

    /// <summary>What Progressing is told, if something happened.</summary>
    public ProgressNews? News { get; set; }

    public int CollisionCount { get; set; }

    public IReadOnlyList<OwnedReplicaSet> All => Newest is null ? Old : [.. Old, Newest];
}
