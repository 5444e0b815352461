using MlopsOperator.Rollouts.Decisions;
using Prometheus;

namespace MlopsOperator.Operator.Rollouts;

/// <summary>What saved decisions say, in numbers.</summary>
internal sealed class RolloutMetrics(IMetricFactory metrics)
{
    private readonly Counter _lapsed = metrics.CreateCounter(
        "mlops_operator_exposure_lapsed_seconds_total", "Time in which candidates under judgement had no requests at some gateway, as no scrape had reached it.");

    public void Decided(RolloutDecision decision) => _lapsed.Inc(decision.Lapsed.TotalSeconds);
}
