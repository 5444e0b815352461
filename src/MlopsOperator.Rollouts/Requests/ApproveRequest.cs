using MlopsOperator.Api.Requests;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Inputs;
using MlopsOperator.Rollouts.Steps;

namespace MlopsOperator.Rollouts.Requests;

/// <summary>Clears the hold Approval, of one step of one rollout.</summary>
internal static class ApproveRequest
{
    internal static Answer Answer(Situation situation, PendingRequest request)
    {
        var rollout = Binding.Rollout(situation);
        if (!situation.Forward)
        {
            return Requests.Answer.Refused($"{rollout} is {situation.Phase} ({situation.Record.Reason}): no approval is waited for.");
        }

        if (Binding.OtherStep(situation, request) is { } other)
        {
            return Requests.Answer.Refused(other);
        }

        if (situation.Step is not ApproveStep)
        {
            return Requests.Answer.Refused($"{rollout} is at {Binding.Step(situation)}, which waits for no approval. {Ahead(situation)}");
        }

        if (situation.Record.Step.ApprovedAt is not null)
        {
            return Requests.Answer.Refused($"{rollout}: {Binding.Step(situation)} is approved already{Requester.Last(situation, RequestAction.Approve)}.");
        }

        return Requests.Answer.Done(
            $"{Binding.Step(situation)} of {situation.CandidateName} is approved.",
            s => s.With(s.Record with { Step = s.Record.Step with { ApprovedAt = s.Now } }));
    }

    /// <summary>The steps ahead that will wait for one.</summary>
    private static string Ahead(Situation situation)
    {
        var ahead = ApproveStep.Ahead(situation).ToList();
        return ahead.Count == 0 ? "None of its later steps does." : $"Step {string.Join(", ", ahead.Select(index => Texts.Number(index + 1)))} will: approve it when it is there.";
    }
}
