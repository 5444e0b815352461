namespace MlopsOperator.Operator.Deployments;

/// <summary>Pods of a revision.</summary>
/// <param name="Desired">Wanted by its Deployment.</param>
/// <param name="Current">Existing.</param>
/// <param name="Ready">Ready endpoints.</param>
internal sealed record RevisionPods(int Desired, int Current, int Ready)
{
    /// <summary>No pods.</summary>
    public static readonly RevisionPods None = new(0, 0, 0);
}
