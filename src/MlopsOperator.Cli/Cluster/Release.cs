using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;

namespace MlopsOperator.Cli.Cluster;

/// <summary>A deployment and its rollouts, as they are now.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="Rollouts">Its rollouts, the newest first.</param>
internal sealed record Release(ModelDeployment Deployment, IReadOnlyList<ModelRollout> Rollouts)
{
    public ModelRollout? Newest => Rollouts.Count == 0 ? null : Rollouts[0];

    /// <summary>The newest rollout, if it has not ended.</summary>
    public ModelRollout? Running => Newest is { Status.FinishedAt: null } newest ? newest : null;

    public string Name => Deployment.Metadata.Name;

    public string Namespace => Deployment.Metadata.NamespaceProperty;

    /// <summary>A command of this program for the deployment.</summary>
    public string Command(string verb) => $"kubectl mlops {verb} {Name} -n {Namespace}";
}
