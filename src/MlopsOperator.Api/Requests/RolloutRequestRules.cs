using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Requests;

/// <summary>What a request must be.</summary>
public static class RolloutRequestRules
{
    /// <summary>Checks a request.</summary>
    /// <param name="request">The request.</param>
    /// <returns>All that is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<Problem> Check(RolloutRequest request)
    {
        var problems = new List<Problem>();
        var spec = request.Spec;
        FieldRules.Check(spec, "spec", problems);
        if (spec.Rollout is null && spec.Action is RequestAction.Promote or RequestAction.Approve or RequestAction.Retry)
        {
            problems.Add(new Problem("spec.rollout", null, $"name and uid of the rollout that the {spec.Action} is meant for"));
        }

        if (spec.Step is null && (spec.Action is RequestAction.Approve || spec is { Action: RequestAction.Promote, Full: false }))
        {
            problems.Add(new Problem("spec.step", null, $"the number of the step that the {spec.Action} is meant for, as in column STEP of the rollout"));
        }

        if (spec.Full && spec.Action is not RequestAction.Promote)
        {
            problems.Add(new Problem("spec.full", "true", $"false for {spec.Action}: only Promote can be full"));
        }

        if (spec.Force && spec.Action is not RequestAction.Promote)
        {
            problems.Add(new Problem("spec.force", "true", $"false for {spec.Action}: only Promote can be forced"));
        }

        return problems;
    }
}
