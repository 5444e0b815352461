using System.Globalization;
using MlopsOperator.Api;
using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Values;
using MlopsOperator.Operator.Conditions;

namespace MlopsOperator.Operator.Deployments;

/// <summary>Builds the status of a ModelDeployment. Pure; conditions change only when their causes do.</summary>
internal static class DeploymentStatus
{
    private const int KeptRejected = 10;

    public static ModelDeploymentStatus Build(DeploymentInputs inputs, RolloutLedger ledger, WantedRevision? wanted, int lastRollout)
    {
        var deployment = inputs.Deployment;
        var state = DeploymentStates.Of(inputs, ledger, wanted);
        var pods = DeploymentStates.StablePods(inputs, ledger);
        var candidate = Candidate(ledger);
        var weighted = Weighted(ledger);
        return new ModelDeploymentStatus
        {
            ObservedGeneration = deployment.Metadata.Generation ?? 0,
            Phase = state.Phase,
            Url = $"http://{deployment.Metadata.Name}.{deployment.Metadata.NamespaceProperty}.svc",
            Wanted = wanted,
            Baseline = Baseline(inputs, ledger),
            LastRollout = lastRollout,
            Stable = ledger.Stable is { } stable
                ? new StableRevision
                {
                    Revision = stable.Revision,
                    ModelVersion = stable.ModelVersion,
                    Rollout = ledger.StableRollout,
                    Replicas = DeploymentStates.Floor(deployment.Spec),
                    Ready = pods.Ready,
                }
                : null,
            Candidate = candidate,
            Rejected = Rejected(ledger),
            Replicas = weighted.Sum(revision => (inputs.Pods.GetValueOrDefault(revision) ?? RevisionPods.None).Current),
            Selector = Selector(deployment.Metadata.Name, weighted),
            Columns = new DeploymentColumns
            {
                Version = ledger.Stable?.ModelVersion,
                Ready = string.Create(CultureInfo.InvariantCulture, $"{pods.Ready}/{DeploymentStates.Floor(deployment.Spec)}"),
                Candidate = candidate?.ModelVersion,
                Weight = candidate is null ? null : Percent(candidate.Weight),
                Reason = state.Reason,
            },
            Conditions = Conditions(inputs, ledger, state),
        };
    }

    private static CandidateRevision? Candidate(RolloutLedger ledger) => ledger.Running is { } running
        ? new CandidateRevision
        {
            Revision = running.Spec.To.Revision,
            ModelVersion = running.Spec.To.ModelVersion,
            Weight = running.Spec.From is null ? 0 : running.Status?.Weights?.Candidate ?? 0,
            Step = running.Status?.Step.Name,
        }
        : null;

    private static List<RejectedRevision>? Rejected(RolloutLedger ledger)
    {
        var rejected = ledger.Rejecting().TakeLast(KeptRejected).Select(rollout => new RejectedRevision
        {
            Revision = rollout.Spec.To.Revision,
            ModelVersion = rollout.Spec.To.ModelVersion,
            Reason = rollout.Status!.Reason,
            Time = rollout.Status.FinishedAt ?? default,
        }).ToList();
        return rejected.Count == 0 ? null : rejected;
    }

    /// <summary>Revisions that carry weight: what an autoscaler should look at.</summary>
    private static IReadOnlyList<string> Weighted(RolloutLedger ledger)
    {
        var revisions = new SortedSet<string>(StringComparer.Ordinal);
        if (ledger.Stable is { } stable)
        {
            revisions.Add(stable.Revision);
        }

        if (ledger.Running is { Status.Weights.Candidate: > 0 } running)
        {
            revisions.Add(running.Spec.To.Revision);
        }

        return [.. revisions];
    }

    private static string? Selector(string deployment, IReadOnlyList<string> revisions) => revisions.Count == 0
        ? null
        : $"{WellKnown.DeploymentLabel}={deployment},{WellKnown.RevisionLabel} in ({string.Join(',', revisions)})";

    /// <summary>The saved history goes forward only, and belongs to what is stable.</summary>
    private static BaselineEvidence? Baseline(DeploymentInputs inputs, RolloutLedger ledger)
    {
        var stable = ledger.Stable?.Revision;
        var candidates = new[] { inputs.Baseline, inputs.Deployment.Status?.Baseline };
        return candidates.FirstOrDefault(baseline => baseline is not null && string.Equals(baseline.Revision, stable, StringComparison.Ordinal));
    }

    private static List<Condition> Conditions(DeploymentInputs inputs, RolloutLedger ledger, DeploymentState state)
    {
        var set = new ConditionSet(inputs.Deployment.Status?.Conditions, inputs.Deployment.Metadata.Generation ?? 0, inputs.Now);
        var progress = state.Progress ?? new DeploymentProgress(state.Reason, state.Message);
        set.Set(ConditionTypes.Available, state.Available, state.Available ? "Serving" : state.Reason, state.Available ? $"{ledger.Stable?.ModelVersion} serves." : state.Message);
        set.Set(ConditionTypes.Ready, state.Ready, state.Reason, state.Message);
        set.Set(ConditionTypes.Progressing, state.Progressing, progress.Reason, progress.Message);
        set.SetWhileTrue(ConditionTypes.Reconciling, state.Reconciling, state.Reason, state.Message);
        set.SetWhileTrue(ConditionTypes.Stalled, state.Stalled, state.Reason, state.Message);
        set.SetWhileTrue(ConditionTypes.Paused, state.Paused, progress.Reason, progress.Message);
        set.SetWhileTrue(ConditionTypes.HostConflict, inputs.HostConflict is not null, "HostConflict", inputs.HostConflict?.Message ?? "");
        foreach (var type in new[] { ConditionTypes.RouteNotAcknowledged, ConditionTypes.EvidenceMissing, ConditionTypes.Contested })
        {
            var hold = ledger.Running?.Status?.Holds?.FirstOrDefault(hold => string.Equals(hold.Name, type, StringComparison.Ordinal));
            set.SetWhileTrue(type, hold is not null, type, hold?.Reason ?? "");
        }

        return set.ToList();
    }

    /// <summary>Ten-thousandths as a percentage without needless digits.</summary>
    private static string Percent(int weight) => string.Create(CultureInfo.InvariantCulture, $"{weight * 100.0 / Weights.Total:0.##}%");
}
