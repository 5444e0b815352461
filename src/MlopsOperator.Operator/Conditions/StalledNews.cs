using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Validation;
using MlopsOperator.Operator.Deployments;

namespace MlopsOperator.Operator.Conditions;

/// <summary>Whether a problem is news, so worth an Event: no condition that was read says it already. Pure.</summary>
internal static class StalledNews
{
    /// <summary>The problem, unless <paramref name="before"/> says it.</summary>
    public static SpecProblem? Of(IReadOnlyList<Condition>? before, SpecProblem? problem) =>
        problem is not null && before?.Any(condition => Says(condition, problem)) != true ? problem : null;

    /// <summary>The same for what the rules say of an object.</summary>
    public static SpecProblem? Of(IReadOnlyList<Condition>? before, IReadOnlyList<Problem> problems) =>
        Of(before, problems.Count == 0 ? null : new SpecProblem(Readiness.InvalidReason, ProblemSummary.Of(problems)));

    private static bool Says(Condition condition, SpecProblem problem) =>
        string.Equals(condition.Reason, problem.Reason, StringComparison.Ordinal)
        && string.Equals(condition.Message, ConditionSet.Cut(problem.Message), StringComparison.Ordinal);
}
