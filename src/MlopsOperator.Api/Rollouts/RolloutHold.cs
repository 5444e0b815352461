using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Rollouts;

/// <summary>A reason not to move forward.</summary>
public sealed record RolloutHold
{
    /// <summary>Name of the hold.</summary>
    [Length(0, 63)]
    public string Name { get; init; } = "";

    /// <summary>What is waited for and what would end it.</summary>
    [Length(0, 4096)]
    public string Reason { get; init; } = "";

    /// <summary>Since when.</summary>
    public DateTimeOffset Since { get; init; }
}
