using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Rollouts.Inputs;
using MlopsOperator.Rollouts.Record;

namespace MlopsOperator.Rollouts.Requests;

/// <summary>The record's list of answers. The answer and what follows from it stand in one write, so that a request is used once whatever crashes.</summary>
internal static class RequestLog
{
    internal static bool Has(Situation situation, string uid) => Any(situation.Record.Requests, uid);

    /// <summary>
    /// Whether one more answer has room. One whose request does not show it yet must not be dropped for it: the request would be used again.
    /// </summary>
    internal static bool HasRoom(Situation situation) => Open(situation).Count() < Limits.Requests;

    /// <summary>The answer as a transition: history, record, effect.</summary>
    internal static Transition Answered(PendingRequest request, Answer answer) => new(
        answer.Honoured ? EventReasons.RequestHonoured : EventReasons.RequestRefused,
        $"{Requester.Of(request)} (request {request.Name}) {(answer.Honoured ? "honoured" : "refused")}: {answer.Message}",
        Actors.User,
        s => (answer.Effect ?? Nothing)(Add(s, request, answer)));

    private static Situation Add(Situation situation, PendingRequest request, Answer answer)
    {
        var entry = new RecordedRequest
        {
            Uid = request.Uid,
            Name = request.Name,
            Action = request.Spec.Action,
            By = request.Spec.RequestedBy,
            Reason = request.Spec.Reason is { } reason ? Limits.Cut(reason, Limits.Reason) : null,
            Identity = RequestIdentity.Unverified,
            Phase = answer.Honoured ? RequestPhase.Honoured : RequestPhase.Refused,
            Message = Limits.Cut(answer.Message),
            Time = situation.Now,
        };
        List<RecordedRequest> all = [.. situation.Record.Requests ?? [], entry];
        for (var excess = all.Count - Limits.Requests; excess > 0; excess--)
        {
            all.RemoveAt(Math.Max(0, all.FindIndex(known => !IsOpen(situation, known))));
        }

        return situation.With(situation.Record with { Requests = all });
    }

    private static IEnumerable<RecordedRequest> Open(Situation situation) => (situation.Record.Requests ?? []).Where(known => IsOpen(situation, known));

    private static bool IsOpen(Situation situation, RecordedRequest known) =>
        situation.Inputs.Requests.Any(request => string.Equals(request.Uid, known.Uid, StringComparison.Ordinal));

    private static bool Any(IReadOnlyList<RecordedRequest>? known, string uid) =>
        known?.Any(request => string.Equals(request.Uid, uid, StringComparison.Ordinal)) == true;

    private static Situation Nothing(Situation situation) => situation;
}
