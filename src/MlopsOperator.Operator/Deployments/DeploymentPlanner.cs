using k8s.Models;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Operator.Revisions;

namespace MlopsOperator.Operator.Deployments;

/// <summary>Decides which revision is wanted and whether a rollout begins. Pure: the same inputs give the same plan.</summary>
internal static class DeploymentPlanner
{
    private const int KeptFinishedRollouts = 10;

    public static DeploymentPlan Plan(DeploymentInputs inputs)
    {
        var ledger = new RolloutLedger(inputs.Rollouts, inputs.Deployment.Status);
        var (wanted, added) = Wanted(inputs, ledger);
        var next = wanted is null ? null : NextRollout(inputs, ledger, wanted);

        // Only what is seen counts as used: as long as the caches do not show a rollout that was just created, it is created again under its own name.
        var problem = inputs.Problem ?? Taken(inputs, next);
        var lastRollout = Math.Max(inputs.Deployment.Status?.LastRollout ?? 0, ledger.Newest?.Spec.Number ?? 0);
        return new DeploymentPlan
        {
            NewRevision = added,
            NewRollout = next,
            Release = wanted is null ? [] : [.. ledger.Rejecting().Where(rollout => !Same(rollout.Spec.To.Revision, wanted.Revision)), .. ledger.Retried()],
            LostRecord = ledger.RecordLost ? ledger.StableRollout : null,
            Prune = Prunable(inputs, ledger),
            PruneRevisions = PrunableRevisions(inputs, ledger, wanted),
            Problem = problem ?? inputs.HostConflict,
            Status = DeploymentStatus.Build(inputs with { Problem = problem }, ledger, wanted, lastRollout),
        };
    }

    /// <summary>
    /// The wanted revision. An input equal to that of stable, candidate or a rejected revision keeps that revision, whatever has become of its runtime;
    /// only else a new one is made. A spec that cannot be used leaves the last usable wish.
    /// </summary>
    private static (WantedRevision? Wanted, RevisionRecord? Added) Wanted(DeploymentInputs inputs, RolloutLedger ledger)
    {
        var deployment = inputs.Deployment;
        if (inputs.Problem is not null || inputs.Version is null || inputs.Runtime is null || inputs.Strategy is null)
        {
            return (deployment.Status?.Wanted, null);
        }

        var input = RevisionHasher.InputHash(inputs.Version.Spec, deployment.Spec.Template, deployment.Spec.RuntimeRef);
        var known = new[] { ledger.Stable?.Revision, ledger.Running?.Spec.To.Revision }
            .Concat(ledger.Rejecting().Concat(ledger.Retried()).Select(rollout => rollout.Spec.To.Revision))
            .Where(revision => revision is not null)
            .Select(revision => inputs.Revisions.FirstOrDefault(record => Same(record.Revision, revision!)))
            .FirstOrDefault(record => record is not null && Same(record.Content.InputHash, input));
        var content = known?.Content ?? RevisionHasher.Content(inputs.Version, deployment.Spec.Template, deployment.Spec.RuntimeRef, inputs.Runtime);
        var revision = known?.Revision ?? RevisionHasher.RevisionHash(content);
        var stored = inputs.Revisions.Any(record => Same(record.Revision, revision));
        var wanted = new WantedRevision
        {
            Revision = revision,
            ModelVersion = inputs.Version.Metadata.Name,
            Generation = deployment.Metadata.Generation ?? 0,
        };
        return (wanted, stored ? null : new RevisionRecord(revision, content));
    }

    /// <summary>A taken name stands in the way only of the rollout that still needs it.</summary>
    private static SpecProblem? Taken(DeploymentInputs inputs, ModelRollout? next) =>
        Same(inputs.Taken?.Name, next?.Metadata.Name) ? inputs.Taken!.Problem : null;

    private static ModelRollout? NextRollout(DeploymentInputs inputs, RolloutLedger ledger, WantedRevision wanted)
    {
        if (Same(ledger.Stable?.Revision, wanted.Revision) || inputs.Strategy is null)
        {
            return null;
        }

        if (ledger.Running is { } running)
        {
            var leaves = running.Status is { Phase: RolloutPhase.RollingBack, TrafficRemovedAt: not null };
            if (!leaves || Same(running.Spec.To.Revision, wanted.Revision))
            {
                return null;
            }
        }

        if (ledger.Rejecting().Any(rollout => Same(rollout.Spec.To.Revision, wanted.Revision)))
        {
            return null;
        }

        var deployment = inputs.Deployment;
        var number = Math.Max(deployment.Status?.LastRollout ?? 0, ledger.Newest?.Spec.Number ?? 0) + 1;
        return new ModelRollout
        {
            Metadata = new V1ObjectMeta
            {
                Name = RevisionNames.Rollout(deployment.Metadata.Name, number),
                NamespaceProperty = deployment.Metadata.NamespaceProperty,
                Labels = RevisionStore.Labels(deployment.Metadata.Name, wanted.Revision),
                OwnerReferences = [RevisionStore.Owner(deployment)],
            },
            Spec = new ModelRolloutSpec
            {
                Deployment = deployment.Metadata.Name,
                Number = number,
                FirstSequence = (ledger.Newest?.Status?.Sequence ?? 0) + 1,
                Baseline = Same(inputs.Baseline?.Revision, ledger.Stable?.Revision) ? inputs.Baseline : null,
                Strategy = inputs.Strategy,
                From = ledger.Stable,
                To = new RolloutRevision { Revision = wanted.Revision, ModelVersion = wanted.ModelVersion },
            },
        };
    }

    /// <summary>Kept: stable's rollout, rejecting ones, unfinished ones and the promoter of their <c>from</c>; of the others the last ten.</summary>
    private static List<ModelRollout> Prunable(DeploymentInputs inputs, RolloutLedger ledger)
    {
        var rejecting = ledger.Rejecting().Select(rollout => rollout.Spec.Number).ToHashSet();
        var unfinished = inputs.Rollouts.Where(rollout => !RolloutLedger.IsFinal(rollout)).ToList();
        var sources = unfinished.Select(rollout => rollout.Spec.From?.Revision).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. inputs.Rollouts
                .Where(rollout => RolloutLedger.IsFinal(rollout)
                    && rollout.Spec.Number != ledger.StableRollout
                    && !rejecting.Contains(rollout.Spec.Number)
                    && !(rollout.Status?.PromotedAt is not null && sources.Contains(rollout.Spec.To.Revision)))
                .OrderByDescending(rollout => rollout.Spec.Number)
                .Skip(KeptFinishedRollouts),
        ];
    }

    /// <summary>Kept: whatever a kept record, stable or the wish names, and the last promoted ones within the history limit.</summary>
    private static List<string> PrunableRevisions(DeploymentInputs inputs, RolloutLedger ledger, WantedRevision? wanted)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        Add(needed, wanted?.Revision, ledger.Stable?.Revision, inputs.Deployment.Status?.Wanted?.Revision);
        foreach (var rollout in inputs.Rollouts.Where(rollout => !RolloutLedger.IsFinal(rollout)).Concat(ledger.Rejecting()))
        {
            Add(needed, rollout.Spec.To.Revision, rollout.Spec.From?.Revision);
        }

        var promoted = inputs.Rollouts.Where(rollout => rollout.Status?.PromotedAt is not null).Reverse().Select(rollout => rollout.Spec.To.Revision);
        foreach (var revision in promoted.Distinct(StringComparer.Ordinal).Take(inputs.Deployment.Spec.RevisionHistoryLimit + 1))
        {
            needed.Add(revision);
        }

        return [.. inputs.Revisions.Select(record => record.Revision).Where(revision => !needed.Contains(revision)).Order(StringComparer.Ordinal)];
    }

    private static void Add(HashSet<string> revisions, params string?[] added) => revisions.UnionWith(added.OfType<string>());

    private static bool Same(string? one, string? other) => one is not null && string.Equals(one, other, StringComparison.Ordinal);
}
