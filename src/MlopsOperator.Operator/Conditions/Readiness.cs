using k8s;
using k8s.Models;
using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Operator.Conditions;

/// <summary>Conditions of objects without work of their own: Ready in their first reconcile, or Stalled with all that is wrong.</summary>
internal static class Readiness
{
    /// <summary>Reason of an object that the rules refuse.</summary>
    public const string InvalidReason = "InvalidSpec";

    public static IReadOnlyList<Condition> Of(
        IKubernetesObject<V1ObjectMeta> entity, IReadOnlyList<Condition>? before, IReadOnlyList<Problem> problems, TimeProvider time)
    {
        var set = new ConditionSet(before, entity.Metadata.Generation ?? 0, time.GetUtcNow());
        var reason = problems.Count == 0 ? "Valid" : InvalidReason;
        var message = problems.Count == 0 ? "The spec can be used." : ProblemSummary.Of(problems);
        set.Set(ConditionTypes.Ready, problems.Count == 0, reason, message);
        set.SetWhileTrue(ConditionTypes.Stalled, problems.Count > 0, reason, message);
        return set.ToList();
    }
}
