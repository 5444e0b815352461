using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Api.Values;
using MlopsOperator.Rollouts.Steps;

namespace MlopsOperator.Rollouts.Strategies;

/// <summary>A canary: traffic moves in steps, each judged; then promote, bake, retire.</summary>
internal static class CanaryCompiler
{
    internal static RolloutPlan Compile(ModelRolloutSpec spec)
    {
        var strategy = spec.Strategy;
        var stages = Stages(strategy.Canary?.Steps);
        if (stages.Count == 0)
        {
            stages = Stages([.. StrategyDefaults.CanaryWeights.Select(w => new CanaryStep { Weight = w })]);
        }

        List<IStep> steps = [new PrepareStep(), .. TestStep.Of(strategy)];
        foreach (var (weight, wait, approve) in stages)
        {
            steps.Add(new WeightStep(weight));
            if (wait > TimeSpan.Zero)
            {
                steps.Add(new WaitStep(wait));
            }

            steps.Add(new AnalyzeStep());
            if (approve is not null)
            {
                steps.Add(new ApproveStep(approve.Reason));
            }
        }

        steps.Add(new PromoteStep());
        steps.Add(new BakeStep(Reading.Duration(strategy.Bake, StrategyDefaults.Bake)));
        steps.Add(new RetireStep());
        return new RolloutPlan { Steps = steps, Judge = AnalysisCompiler.Compile(spec, [.. stages.Select(s => s.Weight)]) };
    }

    /// <summary>Rising weights below all traffic, each with its wait and approval; other weights are left out, as validation refuses them.</summary>
    private static List<(int Weight, TimeSpan Wait, ApprovalSpec? Approve)> Stages(IReadOnlyList<CanaryStep>? steps)
    {
        List<(int Weight, TimeSpan Wait, ApprovalSpec? Approve)> stages = [];
        var wait = StrategyDefaults.Wait;
        var last = 0;
        foreach (var step in steps ?? [])
        {
            wait = GoDuration.TryParse(step.Wait, out _) ? step.Wait : wait;
            if (Share.TryParse(step.Weight, out var share) && share.TenThousandths > last && share.TenThousandths < Weights.Total)
            {
                last = share.TenThousandths;
                stages.Add((last, Reading.Duration(wait, StrategyDefaults.Wait), step.Approve));
            }
            else if (step.Approve is { } approve && stages.Count > 0)
            {
                // The weight is left out; what a person was to approve is not.
                stages[^1] = stages[^1] with { Approve = approve };
            }
        }

        return stages;
    }
}
