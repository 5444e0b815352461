using MlopsOperator.Api.Rollouts;
using MlopsOperator.Cli.Cluster;

namespace MlopsOperator.Cli.Views;

/// <summary>What a person may type next. Pure.</summary>
internal static class NextCommands
{
    public static IEnumerable<string> Of(Release release)
    {
        if (release.Newest is { Status: { Phase: RolloutPhase.RolledBack } ended, Spec.Released: false } newest
            && string.Equals(release.Deployment.Status?.Wanted?.Revision, newest.Spec.To.Revision, StringComparison.Ordinal)
            && ended.Reason is not RolloutReasons.Reverted)
        {
            return [release.Command("retry"), release.Command("why")];
        }

        if (release.Running is not { Status: { } record })
        {
            return release.Newest?.Status?.Paused is null ? [] : [release.Command("resume")];
        }

        var holds = (record.Holds ?? []).Select(hold => hold.Name).ToHashSet(StringComparer.Ordinal);
        var paused = holds.Contains(RolloutReasons.UserHold);
        string[] next =
        [
            .. release.Deployment.Spec.Paused && paused ? [$"kubectl patch mdep {release.Name} -n {release.Namespace} --type merge -p '{{\"spec\":{{\"paused\":false}}}}'"] : Array.Empty<string>(),
            .. (!release.Deployment.Spec.Paused && paused) || holds.Contains(RolloutReasons.ContestedHold) ? [release.Command("resume")] : Array.Empty<string>(),
            .. holds.Contains(RolloutReasons.ApprovalHold) ? [release.Command("approve")] : Array.Empty<string>(),
            .. IsSkippable(record, holds) ? [release.Command("promote")] : Array.Empty<string>(),
            .. release.Running.Spec.From is not null && record.Phase is not (RolloutPhase.RollingBack or RolloutPhase.Retiring) ? [release.Command("abort")] : Array.Empty<string>(),
        ];
        return next;
    }

    /// <summary>Whether the step is one that a promotion ends.</summary>
    private static bool IsSkippable(ModelRolloutStatus record, HashSet<string> holds) =>
        record.Phase is RolloutPhase.Progressing
        && (record.Step.Name.StartsWith("wait ", StringComparison.Ordinal) || record.Step.Name is "analyze")
        && holds.All(hold => hold is RolloutReasons.EvidenceMissingHold);
}
