using MlopsOperator.Api.Requests;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Inputs;

namespace MlopsOperator.Rollouts.Requests;

/// <summary>Whether a request is meant for what is there now: this rollout, this candidate, this step.</summary>
internal static class Binding
{
    /// <summary>Why it is not; null when it is, as far as rollout, use and digest go. The step is asked by those that need it.</summary>
    internal static string? Broken(Situation situation, PendingRequest request) =>
        OtherRollout(situation, request) ?? UsedName(situation, request) ?? OtherDigest(situation, request);

    /// <summary>Why the step is another one; null when it is not, or none is asked for.</summary>
    internal static string? OtherStep(Situation situation, PendingRequest request)
    {
        var now = situation.Record.Step.Index + 1;
        if (request.Spec.Step is not { } step || step == now)
        {
            return null;
        }

        var before = step < now ? Requester.Last(situation, request.Spec.Action) : "";
        return $"{Rollout(situation)} is at {Step(situation)}, the request is for step {Texts.Number(step)}"
            + (before.Length > 0 ? $": {request.Spec.Action} was honoured before{before}. " : ". ")
            + $"Look at it, and ask again for step {Texts.Number(now)} if that is meant.";
    }

    /// <summary>Such as <c>ModelRollout delays-7</c>.</summary>
    internal static string Rollout(Situation situation) => "ModelRollout " + situation.Inputs.Rollout.Name;

    /// <summary>Such as <c>step 3 of 12 (wait 5m)</c>.</summary>
    internal static string Step(Situation situation) =>
        $"step {Texts.Number(situation.Record.Step.Index + 1)} of {Texts.Number(situation.Plan.Steps.Count)} ({situation.Step.Name})";

    private static string? OtherRollout(Situation situation, PendingRequest request)
    {
        var newest = situation.Inputs.Rollout;
        return request.Spec.Rollout is not { } bound || bound == newest
            ? null
            : $"spec.rollout: found {bound.Name} ({bound.Uid}); expected the newest rollout of ModelDeployment {situation.Intent.Name}, which is {newest.Name} ({newest.Uid}). "
                + "Look at that one, and ask again if it is meant.";
    }

    /// <summary>What moves a rollout on is used once also under its name: it may be made anew from Git when it was deleted.</summary>
    private static string? UsedName(Situation situation, PendingRequest request)
    {
        var moves = request.Spec.Action is RequestAction.Promote or RequestAction.Approve or RequestAction.Retry;
        var used = moves
            ? situation.Record.Requests?.LastOrDefault(known => known.Phase is RequestPhase.Honoured && string.Equals(known.Name, request.Name, StringComparison.Ordinal))
            : null;
        return used is null
            ? null
            : $"AlreadyUsed: a RolloutRequest of the name {request.Name} was honoured at {Texts.Time(used.Time)}. Create one with another name to ask again.";
    }

    private static string? OtherDigest(Situation situation, PendingRequest request)
    {
        var found = situation.Inputs.Candidate.Digest;
        return request.Spec.CandidateDigest is not { } wanted || string.Equals(wanted, found, StringComparison.Ordinal)
            ? null
            : $"spec.candidateDigest: found {wanted}; the candidate {situation.CandidateName} has {found ?? "a digest that is not known, as its ControllerRevision is missing"}. "
                + "Look at that one, and ask again if it is meant.";
    }
}
