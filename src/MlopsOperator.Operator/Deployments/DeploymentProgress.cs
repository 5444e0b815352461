namespace MlopsOperator.Operator.Deployments;

/// <summary>What a rollout is at.</summary>
/// <param name="Reason">Its phase or hold.</param>
/// <param name="Message">A sentence.</param>
internal sealed record DeploymentProgress(string Reason, string Message);
