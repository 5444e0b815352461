using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Api.Values;
using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Rollouts.Strategies;

/// <summary>Metrics compiled to guards.</summary>
internal static class AnalysisCompiler
{
    private const double DefaultCeiling = 0.01;

    private const double DefaultRatio = 1.5;

    private const double DefaultQuantile = 0.95;

    private const double DefaultExcess = 0.025;

    private const double CredibleErrors = 3;

    internal static JudgeSettings Compile(ModelRolloutSpec spec, IReadOnlyList<int> weights) => new()
    {
        Guards = [.. (spec.Strategy.Analysis?.Metrics ?? StrategyDefaults.Metrics).SelectMany(Guards).DistinctBy(g => g.Name, StringComparer.Ordinal)],
        StepTolerances = Tolerances.ForWeights(DefaultRatio, weights),
        Baseline = History(spec),
    };

    /// <summary>
    /// Guards of a candidate that has all traffic: there are no requests to stable beside it. A ratio is held against what stable's history bears out, and asks
    /// no Pass.
    /// </summary>
    internal static JudgeSettings CompileAlone(ModelRolloutSpec spec)
    {
        var beside = Compile(spec, [Weights.Total]);
        return beside with { Guards = [.. beside.Guards.Select(guard => guard.Kind is GuardKind.ErrorRatio ? Against(beside.Baseline, guard) : guard).OfType<GuardSettings>()] };
    }

    /// <summary>
    /// A ratio to a history as a ceiling: the ratio times the largest share of errors that the history makes credible, three standard errors above its own
    /// (the sum of the blocks' squared errors is their variance, clumps included). Null without a history.
    /// </summary>
    private static GuardSettings? Against(StableHistory? history, GuardSettings guard)
    {
        if (history is not { Requests: > 0, Errors: >= 0, ErrorSquares: >= 0 })
        {
            return null;
        }

        var largest = (history.Errors + CredibleErrors + (CredibleErrors * Math.Sqrt(Math.Max(history.Errors, history.ErrorSquares)))) / history.Requests;
        var ceiling = Math.Max(guard.Floor, guard.Ratio * largest);
        return ceiling is > 0 and < 1 ? new GuardSettings { Name = guard.Name, Kind = GuardKind.ErrorCeiling, Ceiling = ceiling } : null;
    }

    private static IEnumerable<GuardSettings> Guards(AnalysisMetric metric)
    {
        if (metric.ErrorRate is { } errors)
        {
            var ceiling = Reading.Fraction(errors.Ceiling);
            var ratio = errors.Ratio is { } r && double.IsFinite(r) && r >= 1 ? r : (double?)null;
            if (ceiling is null && ratio is null)
            {
                ceiling = DefaultCeiling;
            }

            var both = ceiling is not null && ratio is not null;
            if (ceiling is { } limit)
            {
                yield return new GuardSettings
                {
                    Name = both ? metric.Name + ".ceiling" : metric.Name,
                    Kind = GuardKind.ErrorCeiling,
                    Required = metric.Required,
                    Ceiling = limit,
                };
            }

            if (ratio is { } odds)
            {
                yield return new GuardSettings
                {
                    Name = both ? metric.Name + ".ratio" : metric.Name,
                    Kind = GuardKind.ErrorRatio,
                    Required = metric.Required && (metric.RequireRatio || !both),
                    Ratio = odds,
                    Floor = Reading.Fraction(errors.Floor) ?? Reading.Fraction(StrategyDefaults.Floor) ?? 0,
                };
            }
        }

        if (metric.Latency is { } latency)
        {
            yield return new GuardSettings
            {
                Name = metric.ErrorRate is null ? metric.Name : metric.Name + ".latency",
                Kind = GuardKind.Latency,
                Required = metric.Required,
                Quantile = latency.Quantile is > 0 and < 1 ? latency.Quantile : DefaultQuantile,
                Excess = Reading.Fraction(latency.Excess) ?? DefaultExcess,
            };
        }
    }

    /// <summary>Stable's history counts only when it is of this revision, in blocks of this interval.</summary>
    private static StableHistory? History(ModelRolloutSpec spec)
    {
        var interval = Reading.PositiveDuration(spec.Strategy.Analysis?.Interval, StrategyDefaults.Interval);
        return spec.Baseline is { } baseline
            && string.Equals(baseline.Revision, spec.From?.Revision, StringComparison.Ordinal)
            && GoDuration.TryParse(baseline.Interval, out var measured)
            && measured.Value == interval
            ? new StableHistory(baseline.Blocks, baseline.Requests, baseline.Errors, baseline.ErrorSquares)
            : null;
    }
}
