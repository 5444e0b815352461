using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Inputs;

namespace MlopsOperator.Rollouts.Requests;

/// <summary>
/// One request a decision: an Abort before all others, else the oldest that the record does not know. Requests about holds are facts and answered before
/// holds are looked at; those that move the rollout take their place among the transitions, after what is safer.
/// </summary>
internal static class RequestIntake
{
    /// <summary>Part of the facts: answers what sets or clears a hold, and everything once the rollout has ended.</summary>
    internal static Situation Apply(Situation situation)
    {
        if (Next(situation) is not { } request)
        {
            return situation;
        }

        var moves = request.Spec.Action is RequestAction.Abort or RequestAction.Promote or RequestAction.Retry;
        return moves && !situation.Final
            ? situation with { Asked = request }
            : RequestLog.Answered(request, AnswerTo(situation, request)).Make(situation);
    }

    /// <summary>Check: an Abort; after what fails by itself, before another wish.</summary>
    internal static Transition? Abort(Situation situation) => Asked(situation, action => action is RequestAction.Abort);

    /// <summary>Check: a Promote, or a Retry that comes too early. It looks at holds itself: which of them it may pass depends on the request.</summary>
    internal static Transition? Promote(Situation situation) => Asked(situation, action => action is not RequestAction.Abort);

    /// <summary>The request that is to be answered next; null when none is, or the record has no room for the answer.</summary>
    internal static PendingRequest? Next(Situation situation)
    {
        if (situation.Inputs.Requests.Count == 0 || !RequestLog.HasRoom(situation))
        {
            return null;
        }

        var open = situation.Inputs.Requests.Where(request => !RequestLog.Has(situation, request.Uid)).ToList();
        return open.FirstOrDefault(request => request.Spec.Action is RequestAction.Abort) ?? open.FirstOrDefault();
    }

    private static Transition? Asked(Situation situation, Func<RequestAction, bool> which)
    {
        if (situation.Asked is not { } request || !which(request.Spec.Action))
        {
            return null;
        }

        // A refusal moves nothing, so it does not take the place of the start; it is given by the next decision.
        var answer = AnswerTo(situation, request);
        return answer.Honoured || situation.Phase is not RolloutPhase.Pending ? RequestLog.Answered(request, answer) : null;
    }

    private static Answer AnswerTo(Situation situation, PendingRequest request) =>
        Binding.Broken(situation, request) is { } broken ? Answer.Refused(broken) : request.Spec.Action switch
        {
            RequestAction.Abort => AbortRequest.Answer(situation, request),
            RequestAction.Pause => PauseRequest.Answer(situation, request),
            RequestAction.Resume => ResumeRequest.Answer(situation),
            RequestAction.Approve => ApproveRequest.Answer(situation, request),
            RequestAction.Promote => PromoteRequest.Answer(situation, request),
            RequestAction.Retry => RetryRequest.Answer(situation),
            _ => Answer.Refused($"spec.action: found {request.Spec.Action}; expected an action that this operator knows."),
        };
}
