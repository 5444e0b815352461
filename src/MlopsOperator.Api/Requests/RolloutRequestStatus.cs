using MlopsOperator.Api.Conditions;
using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Requests;

/// <summary>What became of the request.</summary>
[AwaitedStatus]
[OptionalFields]
public sealed record RolloutRequestStatus
{
    /// <summary>Generation that the status is about.</summary>
    public long ObservedGeneration { get; init; } = -1;

    /// <summary>Pending, Honoured or Refused.</summary>
    public RequestPhase Phase { get; init; }

    /// <summary>What was done; or why not, and what to do.</summary>
    [Length(0, 4096)]
    public string Message { get; init; } = "";

    /// <summary>When it was answered; the request is deleted seven days later.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Ready once honoured; Reconciling while nobody has answered; Stalled when refused.</summary>
    [ListMapKeys("type")]
    [Items(0, 32)]
    public IReadOnlyList<Condition>? Conditions { get; init; }
}
