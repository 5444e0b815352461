using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Cli.Cluster;
using MlopsOperator.Cli.Output;

namespace MlopsOperator.Cli.Waiting;

/// <summary>Reads where a release is, and whether waiting is over. Pure.</summary>
internal static class ReleaseStates
{
    public static ReleaseState Of(Release release)
    {
        var status = release.Deployment.Status;
        if (status is null || status.ObservedGeneration != release.Deployment.Metadata.Generation)
        {
            return ReleaseState.UnderWay;
        }

        if (Is(release, ConditionTypes.Stalled))
        {
            return ReleaseState.Failed;
        }

        if (release.Running?.Status?.Holds?.Any(hold => hold.Name is RolloutReasons.UserHold or RolloutReasons.ApprovalHold) == true)
        {
            return ReleaseState.WaitsForPerson;
        }

        // readyWhen: Serving makes it ready while a rollout is still under way.
        return Is(release, ConditionTypes.Ready) && string.Equals(status.Stable?.Revision, status.Wanted?.Revision, StringComparison.Ordinal)
            ? ReleaseState.Promoted
            : ReleaseState.UnderWay;
    }

    /// <summary>What the program ends with; null while it goes on waiting.</summary>
    public static int? End(ReleaseState state, Goal goal) => (state, goal) switch
    {
        (ReleaseState.UnderWay, _) => null,
        (ReleaseState.WaitsForPerson, Goal.Waiting) => ExitCodes.Done,
        (ReleaseState.WaitsForPerson, Goal.Promoted) => null,
        (ReleaseState.WaitsForPerson, _) => ExitCodes.WaitsForPerson,
        (ReleaseState.Promoted, Goal.Waiting) => ExitCodes.Failed,
        (ReleaseState.Promoted, _) => ExitCodes.Done,
        _ => ExitCodes.Failed,
    };

    private static bool Is(Release release, string type) =>
        release.Deployment.Status?.Conditions?.Any(condition => string.Equals(condition.Type, type, StringComparison.Ordinal) && condition.Status is "True") == true;
}
