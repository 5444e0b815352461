namespace MlopsOperator.Api.Deployments;

/// <summary>What a ModelDeployment means where it says nothing and its schema fills nothing in.</summary>
public static class DeploymentDefaults
{
    /// <summary>How long a revision may take to become ready.</summary>
    public const string ProgressDeadline = "10m";

    /// <summary>Total time that a request may take.</summary>
    public const string RequestTimeout = "30s";
}
