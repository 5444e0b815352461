using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Strategies;

/// <summary>One step of a canary.</summary>
[ValidationRule(
    "!has(self.approve) || (self.weight.endsWith('%') ? double(self.weight.replace('%', '')) : double(self.weight) * 100.0) < 100.0",
    "all traffic is the promotion, which is not left again: expected the approval at the step before",
    FieldPath = ".approve")]
public sealed record CanaryStep
{
    /// <summary>The candidate's share of requests, such as 10%; more than that of the step before.</summary>
    [ShareText(isPositive: true)]
    public string Weight { get; init; } = "";

    /// <summary>Time at this weight before it may be left, as a Go duration; that of the step before when absent, 5m for the first.</summary>
    [DurationText]
    public string? Wait { get; init; }

    /// <summary>A person must approve before this weight is left; {} is enough, without it nobody is asked.</summary>
    public ApprovalSpec? Approve { get; init; }
}
