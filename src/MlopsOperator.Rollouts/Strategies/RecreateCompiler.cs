using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Steps;

namespace MlopsOperator.Rollouts.Strategies;

/// <summary>Recreate: stable stops, the candidate comes up in full and is tested, then gets the route. Nobody is judged, as there is nobody to go back to at once.</summary>
internal static class RecreateCompiler
{
    internal static RolloutPlan Compile(ModelRolloutSpec spec) => new()
    {
        Steps = [new StopStep(), new PrepareStep(), .. TestStep.Of(spec.Strategy), new PromoteStep(), new RetireStep()],
    };
}
