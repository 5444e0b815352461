using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Validation;
using MlopsOperator.Operator.Conditions;

namespace MlopsOperator.Operator.Requests;

/// <summary>The status of a request, from what is known of it. Pure.</summary>
internal static class RequestStatus
{
    /// <summary>As a record says.</summary>
    public static RolloutRequestStatus Answered(RolloutRequest request, RecordedRequest answer, DateTimeOffset now) =>
        Build(request, answer.Phase, answer.Phase.ToString(), answer.Message, answer.Time, now);

    /// <summary>The rules refuse it: no rollout is asked.</summary>
    public static RolloutRequestStatus Invalid(RolloutRequest request, IReadOnlyList<Problem> problems, DateTimeOffset now) =>
        Build(request, RequestPhase.Refused, Readiness.InvalidReason, ProblemSummary.Of(problems), request.Status?.AnsweredAt ?? now, now);

    /// <summary>There is no such deployment.</summary>
    public static RolloutRequestStatus Orphaned(RolloutRequest request, DateTimeOffset now) => Build(
        request,
        RequestPhase.Refused,
        "ModelDeploymentNotFound",
        $"spec.deployment: found {request.Spec.Deployment}; expected a ModelDeployment in namespace {request.Metadata.NamespaceProperty}. Create another request with its name.",
        request.Status?.AnsweredAt ?? now,
        now);

    /// <summary>Nobody has answered.</summary>
    public static RolloutRequestStatus Pending(RolloutRequest request, bool hasRollout, DateTimeOffset now) => Build(
        request,
        RequestPhase.Pending,
        nameof(RequestPhase.Pending),
        hasRollout
            ? $"Waits for the next decision on ModelDeployment {request.Spec.Deployment}."
            : $"ModelDeployment {request.Spec.Deployment} has no rollout yet: its conditions say why. The request is answered when it has one.",
        answeredAt: null,
        now);

    /// <summary>Why a request was refused, in a word.</summary>
    public static string RefusedReason(RolloutRequestStatus status) =>
        status.Conditions?.FirstOrDefault(condition => condition.Type is ConditionTypes.Stalled)?.Reason ?? status.Phase.ToString();

    private static RolloutRequestStatus Build(RolloutRequest request, RequestPhase phase, string reason, string message, DateTimeOffset? answeredAt, DateTimeOffset now)
    {
        var set = new ConditionSet(request.Status?.Conditions, request.Metadata.Generation ?? 0, now);
        set.Set(ConditionTypes.Ready, phase is RequestPhase.Honoured, reason, message);
        set.SetWhileTrue(ConditionTypes.Reconciling, phase is RequestPhase.Pending, reason, message);
        set.SetWhileTrue(ConditionTypes.Stalled, phase is RequestPhase.Refused, reason, message);
        return new RolloutRequestStatus
        {
            ObservedGeneration = request.Metadata.Generation ?? 0,
            Phase = phase,
            Message = message,
            AnsweredAt = answeredAt,
            Conditions = set.ToList(),
        };
    }
}
