using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;

namespace MlopsOperator.Rollouts.Requests;

/// <summary>A revision that was taken back is rolled out anew. The answer in the record is what releases it: see the planner of the ModelDeployment.</summary>
internal static class RetryRequest
{
    internal static Answer Answer(Situation situation)
    {
        var rollout = Binding.Rollout(situation);
        if (situation.Phase is not RolloutPhase.RolledBack)
        {
            return Requests.Answer.Refused(
                $"{rollout} is {situation.Phase}: only a rollout that is RolledBack can be tried again."
                + (situation.Phase is RolloutPhase.RollingBack ? " Ask again when its end is reached." : ""));
        }

        if (!string.Equals(situation.Intent.WantedRevision, situation.Spec.To.Revision, StringComparison.Ordinal))
        {
            return Requests.Answer.Refused(
                $"ModelDeployment {situation.Intent.Name} does not ask for {situation.CandidateName} ({situation.Spec.To.Revision}) any more: "
                + $"set spec.modelVersionRef to {situation.CandidateName} to roll it out anew.");
        }

        if (situation.Spec.Released || Requester.Last(situation, RequestAction.Retry).Length > 0)
        {
            return Requests.Answer.Refused($"{rollout} rejects {situation.CandidateName} no more{Requester.Last(situation, RequestAction.Retry)}: a new rollout is on its way.");
        }

        return Requests.Answer.Done($"{situation.CandidateName} is tried again in a new rollout, with evidence from zero.", s => s);
    }
}
