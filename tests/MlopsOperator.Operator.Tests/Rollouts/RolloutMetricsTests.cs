using MlopsOperator.Api.Rollouts;
using MlopsOperator.Operator.Rollouts;
using MlopsOperator.Rollouts.Decisions;

namespace MlopsOperator.Operator.Tests.Rollouts;

public sealed class RolloutMetricsTests
{
    [Fact]
    public async Task Lapsed_exposure_is_counted_in_seconds()
    {
        var registry = Prometheus.Metrics.NewCustomRegistry();
        var metrics = new RolloutMetrics(Prometheus.Metrics.WithCustomRegistry(registry));
        var decision = new RolloutDecision { Record = new ModelRolloutStatus(), MustSave = false, Wanted = new WantedState() };
        metrics.Decided(decision);
        metrics.Decided(decision with { Lapsed = TimeSpan.FromSeconds(12.5) });

        using var text = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(text, TestContext.Current.CancellationToken);
        System.Text.Encoding.UTF8.GetString(text.ToArray()).Should().Contain("\nmlops_operator_exposure_lapsed_seconds_total 12.5\n");
    }
}
