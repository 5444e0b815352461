using MlopsOperator.Api.Strategies;
using MlopsOperator.Rollouts.Steps;

namespace MlopsOperator.Rollouts.Strategies;

/// <summary>A first version: brought up in full, tested, then given the route. There is nothing to compare it with.</summary>
internal static class FirstVersionCompiler
{
    internal static RolloutPlan Compile(RolloutStrategySpec strategy) => new()
    {
        Steps =
        [
            new PrepareStep(),
            .. TestStep.Of(strategy),
            new RouteStep(),
            new PromoteInitialStep(),
        ],
    };
}
