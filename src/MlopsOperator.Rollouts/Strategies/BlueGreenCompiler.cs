using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Api.Values;
using MlopsOperator.Rollouts.Steps;

namespace MlopsOperator.Rollouts.Strategies;

/// <summary>Blue-green: all pods, tests, all traffic in one change of the route, an analysis by what does not need stable's requests; then promote, bake, retire.</summary>
internal static class BlueGreenCompiler
{
    internal static RolloutPlan Compile(ModelRolloutSpec spec) => new()
    {
        Steps =
        [
            new PrepareStep(),
            .. TestStep.Of(spec.Strategy),
            .. spec.Strategy.BlueGreen?.Approve is { } approve ? [new ApproveStep(approve.Reason)] : Array.Empty<IStep>(),
            new WeightStep(Weights.Total),
            new AnalyzeStep(),
            new PromoteStep(),
            new BakeStep(Reading.Duration(spec.Strategy.Bake, StrategyDefaults.Bake)),
            new RetireStep(),
        ],
        Judge = AnalysisCompiler.CompileAlone(spec),
    };
}
