using MlopsOperator.Api.Validation;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Strategies;

/// <summary>What a strategy must be.</summary>
public static class RolloutStrategyRules
{
    /// <summary>Checks a strategy.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <returns>All that is wrong, in the order of the fields; empty when nothing is.</returns>
    public static IReadOnlyList<Problem> Check(RolloutStrategy strategy) => Check(strategy.Spec, "spec");

    /// <summary>Checks a strategy for all namespaces.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <returns>All that is wrong, in the order of the fields; empty when nothing is.</returns>
    public static IReadOnlyList<Problem> Check(ClusterRolloutStrategy strategy) => Check(strategy.Spec, "spec");

    /// <summary>Checks the spec of a strategy.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="path">Path of the spec.</param>
    /// <returns>All that is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<Problem> Check(RolloutStrategySpec spec, string path)
    {
        var problems = new List<Problem>();
        FieldRules.Check(spec, path, problems);
        List<string> named = [.. Named(spec)];
        if (named.Count != 1)
        {
            problems.Add(new Problem(path, named.Count == 0 ? null : string.Join(" and ", named), "exactly one of canary, blueGreen and recreate"));
        }

        CheckRecreate(spec, path, problems);
        CheckSteps(spec.Canary?.Steps ?? [], $"{path}.canary.steps", problems);
        if (spec.Analysis is { } analysis)
        {
            CheckAnalysis(analysis, $"{path}.analysis", problems);
            CheckBlueGreen(spec, $"{path}.analysis.metrics", problems);
        }

        return problems;
    }

    private static IEnumerable<string> Named(RolloutStrategySpec spec)
    {
        if (spec.Canary is not null)
        {
            yield return "canary";
        }

        if (spec.BlueGreen is not null)
        {
            yield return "blueGreen";
        }

        if (spec.Recreate is not null)
        {
            yield return "recreate";
        }
    }

    private static void CheckRecreate(RolloutStrategySpec spec, string path, List<Problem> problems)
    {
        if (spec.Recreate is null)
        {
            return;
        }

        if (spec.Analysis is not null)
        {
            problems.Add(new Problem($"{path}.analysis", "an analysis", "none with recreate, which has nothing to compare with"));
        }

        if (spec.Bake is not null)
        {
            problems.Add(new Problem($"{path}.bake", spec.Bake, "none with recreate, which keeps no old revision ready"));
        }
    }

    /// <summary>After the switch stable gets no requests: what compares with them would wait for ever.</summary>
    private static void CheckBlueGreen(RolloutStrategySpec spec, string path, List<Problem> problems)
    {
        foreach (var (field, element) in FieldPaths.Elements(path, spec.BlueGreen is null ? [] : spec.Analysis?.Metrics ?? []))
        {
            var metric = (AnalysisMetric)element;
            if (metric.Required && metric.ErrorRate?.Ceiling is null)
            {
                problems.Add(new Problem($"{field}.required", "true", "false with blueGreen, or errorRate.ceiling: after the switch stable gets no requests to compare with"));
            }
            else if (metric.RequireRatio)
            {
                problems.Add(new Problem($"{field}.requireRatio", "true", "false with blueGreen: after the switch stable gets no requests to compare with"));
            }
        }
    }

    private static void CheckSteps(IReadOnlyList<CanaryStep> steps, string path, List<Problem> problems)
    {
        var before = new Share(0);
        foreach (var (field, element) in FieldPaths.Elements(path, steps))
        {
            // What is no share, or is 0 %, has been said by the field's own limit.
            var text = ((CanaryStep)element).Weight;
            if (!Share.TryParse(text, out var weight) || weight.TenThousandths == 0)
            {
                continue;
            }

            if (weight <= before)
            {
                problems.Add(new Problem($"{field}.weight", text, $"more than the {before} of the step before"));
            }

            before = weight;
            if (weight.TenThousandths == Weights.Total && ((CanaryStep)element).Approve is not null)
            {
                problems.Add(new Problem($"{field}.approve", $"an approval at {text}", "the approval at the step before: all traffic is the promotion, which is not left again"));
            }
        }
    }

    private static void CheckAnalysis(AnalysisSpec analysis, string path, List<Problem> problems)
    {
        var metrics = analysis.Metrics ?? [];
        if (metrics.Count > 0 && analysis.Advance == AdvanceMode.Proved && !metrics.Any(metric => metric is { Required: true }))
        {
            problems.Add(new Problem(
                $"{path}.metrics", "no metric with required: true", "at least one, for advance: Proved promotes when every required metric says Pass"));
        }

        foreach (var (field, metric) in FieldPaths.Elements($"{path}.metrics", metrics))
        {
            CheckMetric((AnalysisMetric)metric, field, problems);
        }
    }

    private static void CheckMetric(AnalysisMetric metric, string path, List<Problem> problems)
    {
        if ((metric.ErrorRate is null) == (metric.Latency is null))
        {
            problems.Add(new Problem(path, metric.Latency is null ? null : "both", "exactly one of errorRate and latency"));
            return;
        }

        if (metric.ErrorRate is { } errorRate)
        {
            CheckErrorRate(metric, errorRate, path, problems);
        }
        else if (metric.RequireRatio)
        {
            problems.Add(new Problem($"{path}.requireRatio", "true", "false for latency, which has no ratio"));
        }

        if (metric.Latency is { } latency && Share.TryParse(latency.Excess, out var excess) && excess.Fraction >= latency.Quantile)
        {
            problems.Add(new Problem(
                $"{path}.latency.excess", latency.Excess, "less than the quantile, or all requests could be slower than stable's quantile"));
        }
    }

    private static void CheckErrorRate(AnalysisMetric metric, ErrorRateRule rule, string path, List<Problem> problems)
    {
        if (rule.Ceiling is null && rule.Ratio is null)
        {
            problems.Add(new Problem($"{path}.errorRate", null, "a ceiling, a ratio or both"));
            return;
        }

        if (metric.RequireRatio && rule.Ratio is null)
        {
            problems.Add(new Problem($"{path}.errorRate.ratio", null, "a ratio, for requireRatio asks a Pass of it"));
        }

        if (Share.TryParse(rule.Ceiling, out var ceiling) && ceiling.TenThousandths == Weights.Total)
        {
            problems.Add(new Problem($"{path}.errorRate.ceiling", rule.Ceiling, "a share below 100%"));
        }

        if (Share.TryParse(rule.Floor, out var floor) && floor.TenThousandths == Weights.Total)
        {
            problems.Add(new Problem($"{path}.errorRate.floor", rule.Floor, "a share below 100%"));
        }
    }
}
