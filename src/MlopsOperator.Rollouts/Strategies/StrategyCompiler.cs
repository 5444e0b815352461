using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;

namespace MlopsOperator.Rollouts.Strategies;

/// <summary>Chooses the compiler of a rollout's strategy.</summary>
internal static class StrategyCompiler
{
    internal static RolloutPlan Compile(ModelRolloutSpec spec)
    {
        var plan = spec.From is null ? FirstVersionCompiler.Compile(spec.Strategy) : CanaryCompiler.Compile(spec);
        var analysis = spec.Strategy.Analysis;
        return plan with
        {
            Advance = analysis?.Advance ?? AdvanceMode.Proved,
            Interval = Reading.PositiveDuration(analysis?.Interval, Reading.DefaultInterval),
            UnknownAfter = Reading.PositiveDuration(analysis?.Unknown?.After, Reading.DefaultUnknownAfter),
            UnknownThen = analysis?.Unknown?.Then ?? UnknownAction.Hold,
            MinPods = Math.Clamp(spec.Strategy.Capacity?.MinPods ?? 1, 1, Limits.Replicas),
        };
    }
}
