using MlopsOperator.Rollouts.Capacity;
using MlopsOperator.Rollouts.Guards;
using MlopsOperator.Rollouts.Inputs;
using MlopsOperator.Rollouts.Requests;
using MlopsOperator.Rollouts.Traffic;
using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Rollouts.Explanations;

/// <summary>
/// What is waited for, since when, and what would end it. The texts hold no running clock and no counter, so that they change only with their cause.
/// </summary>
internal static class WaitingFor
{
    internal static string Pods(Situation situation, int needed) =>
        $"{Texts.Pods(needed)} of {situation.CandidateName} to be ready, since {Texts.Time(situation.Record.Step.StartedAt)}; "
        + Deadline(situation) + Problem(situation.Inputs.Candidate);

    internal static string Stop(Situation situation) =>
        $"pods of {situation.StableName} to end, since {Texts.Time(situation.Record.Step.StartedAt)}; then {situation.CandidateName} starts";

    internal static string Capacity(Situation situation, int weight)
    {
        var candidate = CapacityRule.Needed(weight, situation.Replicas);
        var stable = CapacityRule.Needed(Api.Values.Weights.Total - weight, situation.Replicas);
        var text = $"{Texts.Pods(candidate)} of {situation.CandidateName}"
            + (stable > 0 ? $" and {Texts.Pods(stable)} of {situation.StableName}" : "")
            + $" to be ready for {Texts.Percent(weight)}, since {Texts.Time(situation.Record.Step.StartedAt)}; ";
        return text + Deadline(situation) + Problem(situation.Inputs.Candidate);
    }

    internal static string GoldenRequests(Situation situation) =>
        $"answers of {situation.CandidateName} to its golden requests, since {Texts.Time(situation.Record.Step.StartedAt)}; " + Deadline(situation);

    internal static string Acknowledgement(Situation situation)
    {
        var since = Texts.Time(situation.Record.Route?.ChangedAt);
        if (!Traffic.Acknowledgement.AnyReady(situation))
        {
            return $"a ready gateway to confirm route {Texts.Number(situation.Record.Sequence)}, since {since}; none is ready: look at the gateway's pods";
        }

        return $"gateways to confirm route {Texts.Number(situation.Record.Sequence)}, since {since}; ends when each ready gateway reports it";
    }

    internal static string Time(DateTimeOffset since, TimeSpan time) => $"{Texts.Duration(time)} since {Texts.Time(since)}";

    internal static string Exposure(Situation situation, DateTimeOffset since, TimeSpan time) => ExposureLapse.Of(situation) is var lapsed && lapsed > TimeSpan.Zero
        ? $"{Time(since, time)}, without the {Texts.Duration(TimeSpan.FromSeconds(Math.Ceiling(lapsed.TotalSeconds)))} in which {situation.CandidateName} had no requests as nobody judged it"
        : Time(since, time);

    internal static string Heard(Situation situation, string gateway) =>
        $"gateway {gateway} to be scraped: until then it may give {situation.CandidateName} no requests, which is no waiting time; check gateways and network";

    internal static string Scrape(Situation situation) =>
        $"a scrape since the promotion at {Texts.Time(situation.Record.PromotedAt)} that is not old; ends when gateways on the newest route are scraped: check gateways";

    internal static string Content(Situation situation) =>
        $"the ControllerRevision of {situation.CandidateName} is missing: its golden requests are not known, since {Texts.Time(situation.Record.Step.StartedAt)}; "
        + Deadline(situation);

    internal static string Data(Situation situation) =>
        $"requests to {situation.CandidateName} at {Texts.Percent(situation.Weight)} that gateways report, since {Texts.Time(situation.Record.Step.AcknowledgedAt)}; "
        + "ends when a scrape brings some: check traffic and gateways";

    internal static string Verdicts(Situation situation)
    {
        var open = situation.Judgement is { } judgement
            ? EvidenceRules.RequiredVerdicts(situation, judgement).Where(v => v.State is not Verdict.Pass).Select(v => v.Guard)
            : [];
        var names = string.Join(", ", open);
        return $"Pass of {(names.Length > 0 ? names : "the required metrics")} at {Texts.Percent(situation.Weight)}, "
            + $"since {Texts.Time(situation.Record.Step.StartedAt)}; status.verdicts say why and how much is missing";
    }

    internal static string Removal(Situation situation, string name)
    {
        var record = situation.Record;
        if (record.TrafficRemovedAt is not { } removed)
        {
            return situation.Weight > 0
                ? $"ready pods of {situation.StableName} to take the traffic of {name}"
                : $"every gateway to confirm that {name} gets no traffic (route {Texts.Number(record.Sequence)}), since {Texts.Time(record.Route?.ChangedAt)}";
        }

        return record.Clocks.DrainedSince is null
            ? $"requests in flight to {name} to end, since {Texts.Time(removed)}; at most {Texts.Duration(TrafficRemoval.Longest(situation))}"
            : $"pods and Service of {name} to be gone, since {Texts.Time(record.Clocks.DrainedSince)}";
    }

    internal static string? RollingBack(Situation situation) => Removal(situation, situation.CandidateName);

    internal static string UserHold(Situation situation) => situation is { Intent.Paused: false, Record.Paused: { } paused }
        ? $"a Resume: {Requester.Name(paused.By)} paused it at {Texts.Time(paused.Since)}{Requester.Because(paused.Reason)}; {Command(situation, "resume")}"
        : $"spec.paused of ModelDeployment {situation.Intent.Name} to be false: {Unpause(situation)}";

    internal static string Approval(Situation situation, string? reason) =>
        $"approval of step {Texts.Number(situation.Record.Step.Index + 1)}{Requester.Because(reason)}, since {Texts.Time(situation.Record.Step.StartedAt)}; {Command(situation, "approve")}";

    /// <summary>What sets <c>spec.paused</c> to false.</summary>
    internal static string Unpause(Situation situation) =>
        $"kubectl patch mdep {situation.Intent.Name} -n {situation.Intent.Namespace} --type merge -p '{{\"spec\":{{\"paused\":false}}}}'";

    internal static string ContestedHold => "another writer to leave the route and the children of this deployment alone for ten minutes";

    internal static string CapacityHold(Situation situation) =>
        situation.Inputs.Candidate.Unschedulable is { } text
            ? $"pods of {situation.CandidateName} to be scheduled: {Limits.Cut(text)}; " + Deadline(situation)
            : $"ready pods of {situation.CandidateName} for its weight; " + Deadline(situation) + Problem(situation.Inputs.Candidate);

    internal static string EvidenceHold(Situation situation) =>
        $"a verdict of the required metrics, Unknown for longer than {Texts.Duration(situation.Plan.UnknownAfter)}: check traffic, gateways and scrapes";

    private static string Command(Situation situation, string verb) => $"kubectl mlops {verb} {situation.Intent.Name} -n {situation.Intent.Namespace}";

    private static string Deadline(Situation situation) => $"fails after {Texts.Duration(DeadlineClock.Deadline(situation))} in sum";

    private static string Problem(RevisionObservation revision) =>
        string.IsNullOrEmpty(revision.Problem) ? "" : ": " + Limits.Cut(revision.Problem);
}
