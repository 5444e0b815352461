using MlopsOperator.Api.Strategies;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Rollouts;

/// <summary>What the frozen inputs of a rollout must be.</summary>
public static class ModelRolloutRules
{
    /// <summary>Checks a rollout.</summary>
    /// <param name="rollout">The rollout.</param>
    /// <returns>All that is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<Problem> Check(ModelRollout rollout)
    {
        var problems = new List<Problem>();
        FieldRules.Check(rollout.Spec, "spec", problems);

        // The strategy's fields were checked on the way; what is between its fields was not.
        problems.AddRange(RolloutStrategyRules.Check(rollout.Spec.Strategy, "spec.strategy").Except(problems));
        return problems;
    }
}
