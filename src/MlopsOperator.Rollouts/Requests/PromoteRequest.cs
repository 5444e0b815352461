using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Explanations;
using MlopsOperator.Rollouts.Guards;
using MlopsOperator.Rollouts.Inputs;
using MlopsOperator.Rollouts.Steps;

namespace MlopsOperator.Rollouts.Requests;

/// <summary>
/// Ends a wait or an analysis before its time; with <c>full</c>, all of them. Pods, gateways, guards and approvals are waited for all the same.
/// </summary>
internal static class PromoteRequest
{
    internal static Answer Answer(Situation situation, PendingRequest request)
    {
        if (NotNow(situation) is { } reason)
        {
            return Requests.Answer.Refused(reason);
        }

        if ((Binding.OtherStep(situation, request) ?? Held(situation, request)) is { } other)
        {
            return Requests.Answer.Refused(other);
        }

        return request.Spec.Full ? Full(situation, request) : One(situation, request);
    }

    /// <summary>A person answers for what the evidence did not: it stands in the outcome.</summary>
    private static Situation Forced(Situation situation) => situation with { Evidence = situation.Evidence with { Forced = true } };

    private static string? NotNow(Situation situation)
    {
        var rollout = Binding.Rollout(situation);
        return situation.Phase switch
        {
            RolloutPhase.Progressing => null,
            RolloutPhase.Pending or RolloutPhase.Preparing =>
                $"{rollout} is {situation.Phase}: {situation.CandidateName} gets no requests yet, its pods come up and are tested first. Ask again when it has some.",
            RolloutPhase.Promoting => $"{rollout} is promoting already; it waits for {situation.Step.Look(situation).Text}.",
            RolloutPhase.RollingBack => $"{rollout} is being taken back ({situation.Record.Reason}): {situation.Record.Message} It cannot be promoted any more.",
            RolloutPhase.Baking or RolloutPhase.Retiring => $"{rollout} has promoted {situation.CandidateName} at {Texts.Time(situation.Record.PromotedAt)} already.",
            _ => $"{rollout} has ended ({situation.Phase}, {situation.Record.Reason}) at {Texts.Time(situation.Record.FinishedAt)}: nothing is under way.",
        };
    }

    /// <summary>Holds that the request does not pass. None passes an approval, one that lies ahead neither.</summary>
    private static string? Held(Situation situation, PendingRequest request)
    {
        var passed = HoldsPassed(request);
        var blocking = (situation.Record.Holds ?? []).Where(hold => !passed.Contains(hold.Name, StringComparer.Ordinal)).ToList();
        if (blocking.Count > 0)
        {
            return $"{Binding.Rollout(situation)} is held by {string.Join(" and ", blocking.Select(hold => hold.Name))}: it waits for {blocking[0].Reason}."
                + (blocking[0].Name switch
                {
                    RolloutReasons.UserHold => " Resume it first, or ask with full and force.",
                    RolloutReasons.ContestedHold => " Resume it first.",
                    _ => "",
                });
        }

        var ahead = request.Spec.Full ? ApproveStep.Ahead(situation).ToList() : [];
        return ahead.Count == 0
            ? null
            : $"{Binding.Rollout(situation)} needs approval at step {string.Join(", ", ahead.Select(index => Texts.Number(index + 1)))}, which no promotion replaces. Promote step by step, and approve there.";
    }

    private static string[] HoldsPassed(PendingRequest request) => request.Spec switch
    {
        // Pods and gateways are waited for in the step of promotion too.
        { Full: true, Force: true } => [RolloutReasons.EvidenceMissingHold, RolloutReasons.UserHold, RolloutReasons.CapacityHold, RolloutReasons.RouteNotAcknowledgedHold],
        _ => [RolloutReasons.EvidenceMissingHold],
    };

    private static Answer One(Situation situation, PendingRequest request)
    {
        var (step, progress) = (situation.Step, situation.Step.Look(situation));
        if (step is not (WaitStep or AnalyzeStep))
        {
            return Requests.Answer.Refused($"{Binding.Rollout(situation)} is at {Binding.Step(situation)}, which no promotion replaces: it waits for {progress.Text}.");
        }

        if (situation.Record.Step.AcknowledgedAt is null || situation.Weight < situation.Plan.WeightAt(situation.Record.Step.Index))
        {
            return Requests.Answer.Refused($"{Binding.Rollout(situation)}: pods and gateways must be as the weight asks first; it waits for {progress.Text}.");
        }

        if (step is WaitStep)
        {
            return Requests.Answer.Done($"{Binding.Step(situation)} is left before its time.", s => StepChange.Skip(s));
        }

        return Lacking(situation, request) ?? Requests.Answer.Done(
            $"{Binding.Step(situation)} is left, overridden by a person: {Found(situation)}.",
            s => StepChange.Skip(progress.Over ? progress.Effect?.Invoke(s) ?? s : Forced(s)));
    }

    private static Answer Full(Situation situation, PendingRequest request) =>
        Lacking(situation, request) ?? Requests.Answer.Done(
            $"{situation.CandidateName} is promoted from {Binding.Step(situation)} at once, as soon as all its pods are ready: {Found(situation)}.",
            s => StepChange.SkipTo<PromoteStep>(s with { Evidence = s.Evidence with { Forced = true, PausePassed = request.Spec.Force } }));

    /// <summary>Unknown for lack of data promotes nothing, unless a person has been waiting for it in vain, or says so by force.</summary>
    private static Answer? Lacking(Situation situation, PendingRequest request)
    {
        var waited = situation.Record.Holds?.Any(hold => string.Equals(hold.Name, RolloutReasons.EvidenceMissingHold, StringComparison.Ordinal)) == true;
        return request.Spec.Force || waited || situation.Plan.Judge is null || !EvidenceRules.LacksData(situation) && EvidenceRules.HasData(situation)
            ? null
            : Requests.Answer.Refused($"{Binding.Rollout(situation)} has no evidence to go on with: {Found(situation)}. Wait for it; to go on without, ask with force.");
    }

    /// <summary>What evidence says of the required metrics.</summary>
    private static string Found(Situation situation)
    {
        var required = situation.Judgement is { } judgement ? EvidenceRules.RequiredVerdicts(situation, judgement).ToList() : [];
        return required.Count == 0
            ? "no required metric has been measured"
            : string.Join(", ", required.Select(verdict => $"{verdict.Guard} is {verdict.State}{(EvidenceRules.Stale(situation) ? " (Stale)" : verdict.Reason.Length > 0 ? $" ({verdict.Reason})" : "")}"));
    }
}
