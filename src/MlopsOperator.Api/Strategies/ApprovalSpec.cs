using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Strategies;

/// <summary>A person must approve before the rollout goes on. It waits for ever.</summary>
public sealed record ApprovalSpec
{
    /// <summary>What is to be decided, for those who are asked.</summary>
    [Length(1, 1024)]
    public string? Reason { get; init; }
}
