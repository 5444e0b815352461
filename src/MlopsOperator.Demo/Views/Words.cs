using System.Globalization;
using MlopsOperator.Api.Rollouts;

namespace MlopsOperator.Demo.Views;

/// <summary>The words that both views use.</summary>
internal static class Words
{
    /// <summary>Ten-thousandths as a percentage.</summary>
    public static string Percent(int weight) => string.Create(CultureInfo.InvariantCulture, $"{weight / 100.0:0.##}%");

    /// <summary>A share as a percentage.</summary>
    public static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0}%");

    /// <summary>A rate.</summary>
    public static string Rate(VersionRate rate) => string.Create(CultureInfo.InvariantCulture, $"{rate.RequestsPerSecond:0}/s");

    /// <summary>Seconds since the cluster was up.</summary>
    public static string Clock(TimeSpan elapsed) => string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds,5:0.0} s");

    /// <summary>A rollout in a line.</summary>
    public static string Rollout(ModelRollout? rollout) => rollout?.Status is not { } status
        ? "no rollout yet"
        : $"{rollout.Metadata.Name} {rollout.Spec.From?.ModelVersion ?? "nothing"} → {rollout.Spec.To.ModelVersion}: {status.Phase}"
            + (status.Reason.Length > 0 && !string.Equals(status.Reason, status.Phase.ToString(), StringComparison.Ordinal) ? $" ({status.Reason})" : "")
            + (status.Step.Name.Length > 0 ? $", step {status.Columns?.Step} {status.Step.Name}" : "")
            + (rollout.Spec.From is not null && status.Columns?.Weight is { Length: > 0 } weight ? $", {rollout.Spec.To.ModelVersion} at {weight}" : "");

    /// <summary>A verdict in a line: the evidence is e^x to 1.</summary>
    public static string Verdict(MetricVerdict verdict) => string.Create(
        CultureInfo.InvariantCulture,
        $"{verdict.Metric}: {verdict.State} ({verdict.Reason}), candidate {Value(verdict.Candidate)}, stable {Value(verdict.Stable)}, {verdict.Samples:0} samples, evidence to pass e^{verdict.PassEvidence:0.0}, to fail e^{verdict.FailEvidence:0.0}");

    private static string Value(double? value) => value is { } number ? Share(number) : "–";
}
