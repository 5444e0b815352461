using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;

namespace MlopsOperator.Rollouts.Strategies;

/// <summary>Chooses the compiler of a rollout's strategy.</summary>
internal static class StrategyCompiler
{
    internal static RolloutPlan Compile(ModelRolloutSpec spec)
    {
        // The copy is resolved already; a record of an older operator may not be.
        var strategy = StrategyDefaults.Resolve(spec.Strategy);
        var resolved = spec with { Strategy = strategy };
        var plan = spec.From is null ? FirstVersionCompiler.Compile(strategy)
            : strategy.BlueGreen is not null ? BlueGreenCompiler.Compile(resolved)
            : strategy.Recreate is not null ? RecreateCompiler.Compile(resolved)
            : CanaryCompiler.Compile(resolved);
        var analysis = strategy.Analysis;
        return plan with
        {
            Advance = analysis?.Advance ?? AdvanceMode.Proved,
            Interval = Reading.PositiveDuration(analysis?.Interval, StrategyDefaults.Interval),
            UnknownAfter = Reading.PositiveDuration(analysis?.Unknown?.After, StrategyDefaults.UnknownAfter),
            UnknownThen = analysis?.Unknown?.Then ?? UnknownAction.Hold,
            MinPods = Math.Clamp(strategy.Capacity?.MinPods ?? 1, 1, Limits.Replicas),
        };
    }
}
