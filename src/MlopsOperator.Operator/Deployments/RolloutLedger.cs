using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;

namespace MlopsOperator.Operator.Deployments;

/// <summary>What is stable, candidate and rejected, read from the records alone.</summary>
internal sealed class RolloutLedger
{
    private static readonly HashSet<string> RejectingReasons = new(StringComparer.Ordinal)
    {
        RolloutReasons.Failed,
        RolloutReasons.TestFailed,
        RolloutReasons.DeadlineExceeded,
        RolloutReasons.Aborted,
    };

    private readonly IReadOnlyList<ModelRollout> _rollouts;

    public RolloutLedger(IReadOnlyList<ModelRollout> rollouts, ModelDeploymentStatus? status)
    {
        _rollouts = rollouts;
        Newest = rollouts.Count == 0 ? null : rollouts[^1];
        var promoter = rollouts.LastOrDefault(rollout => rollout.Status?.PromotedAt is not null);
        var remembered = status?.Stable;

        // Someone deleted the promoting record: what the status remembers wins, as pods of that revision serve. Later records that promoted nothing say
        // nothing else; a later promotion does. A record that is there and no longer promotes (taken back while it baked) is not lost.
        RecordLost = remembered is not null
            && rollouts.All(rollout => rollout.Spec.Number != remembered.Rollout)
            && (promoter is null || promoter.Spec.Number < remembered.Rollout);
        Stable = RecordLost
            ? new RolloutRevision { Revision = remembered!.Revision, ModelVersion = remembered.ModelVersion }
            : promoter?.Spec.To;
        StableRollout = RecordLost ? remembered!.Rollout : promoter?.Spec.Number ?? 0;
    }

    /// <summary>The rollout with the highest number.</summary>
    public ModelRollout? Newest { get; }

    /// <summary>What serves, or null before the first promotion.</summary>
    public RolloutRevision? Stable { get; }

    /// <summary>Number of the rollout that promoted it.</summary>
    public int StableRollout { get; }

    /// <summary>Whether the record that promoted stable is gone.</summary>
    public bool RecordLost { get; }

    /// <summary>The rollout that has not yet promoted its candidate nor ended.</summary>
    public ModelRollout? Running => Newest is { } newest && !IsFinal(newest) && newest.Status?.PromotedAt is null ? newest : null;

    /// <summary>Last rollouts to revisions that are not tried again unasked.</summary>
    public IEnumerable<ModelRollout> Rejecting() => TakenBack().Where(rollout => !IsRetried(rollout));

    /// <summary>Rollouts that would reject their revision, had nobody asked to try it again.</summary>
    public IEnumerable<ModelRollout> Retried() => TakenBack().Where(IsRetried);

    /// <summary>Last rollouts to a revision that were taken back for what it did, or by a person.</summary>
    private IEnumerable<ModelRollout> TakenBack() => _rollouts
        .GroupBy(rollout => rollout.Spec.To.Revision, StringComparer.Ordinal)
        .Select(group => group.Last())
        .Where(last => !last.Spec.Released && last.Status is { Phase: RolloutPhase.RolledBack } status && RejectingReasons.Contains(status.Reason))
        .OrderBy(last => last.Spec.Number);

    private static bool IsRetried(ModelRollout rollout) =>
        rollout.Status?.Requests?.Any(request => request is { Action: RequestAction.Retry, Phase: RequestPhase.Honoured }) == true;

    /// <summary>Whether a rollout has ended.</summary>
    public static bool IsFinal(ModelRollout rollout) =>
        rollout.Status?.Phase is RolloutPhase.Succeeded or RolloutPhase.RolledBack or RolloutPhase.Superseded or RolloutPhase.Refused;
}
