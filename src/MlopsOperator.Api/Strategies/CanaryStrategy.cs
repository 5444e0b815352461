using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Strategies;

/// <summary>Traffic moves in steps, each judged.</summary>
public sealed record CanaryStrategy
{
    /// <summary>The steps; 5 %, 10 %, 25 %, 50 % with a wait of 5m when absent. Weights must rise.</summary>
    [Items(1, 20)]
    [ValidationRule(StepWeights.Rule, "weights must rise from step to step, each above 0% and at most 100%")]
    public IReadOnlyList<CanaryStep>? Steps { get; init; }
}
