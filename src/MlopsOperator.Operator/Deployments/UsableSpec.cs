using MlopsOperator.Api.Deployments;

namespace MlopsOperator.Operator.Deployments;

/// <summary>
/// A deployment's spec as far as it can be used. An object may have been stored before a rule was known. What is wrong is told
/// (<see cref="DeploymentReferences"/>); in its place stands what is in effect, so that nothing changes what serves. Pure.
/// </summary>
internal static class UsableSpec
{
    /// <summary>The spec, with replicas, traffic and limits that cannot be used replaced.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="traffic">What the route in effect says; null without a route.</param>
    public static ModelDeploymentSpec Of(ModelDeployment deployment, TrafficSpec? traffic)
    {
        var spec = deployment.Spec;
        var wrong = ModelDeploymentRules.Check(deployment).Select(problem => problem.Field).ToList();
        if (IsWrong(wrong, "spec.replicas") || IsWrong(wrong, "spec.minReplicas"))
        {
            spec = spec with { Replicas = deployment.Status?.Stable?.Replicas ?? 1, MinReplicas = 0 };
        }

        if (IsWrong(wrong, "spec.traffic"))
        {
            spec = spec with { Traffic = traffic };
        }

        return IsWrong(wrong, "spec.revisionHistoryLimit") ? spec with { RevisionHistoryLimit = new ModelDeploymentSpec().RevisionHistoryLimit } : spec;
    }

    private static bool IsWrong(List<string> wrong, string field) =>
        wrong.Exists(found => found.StartsWith(field, StringComparison.Ordinal) && (found.Length == field.Length || found[field.Length] is '.' or '['));
}
