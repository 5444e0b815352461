using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Strategies;

/// <summary>What happens when a required metric stays Unknown for lack of data.</summary>
public sealed record UnknownPolicy
{
    /// <summary>How long it may at one step, as a Go duration; 1h by default.</summary>
    [DurationText("1s")]
    public string? After { get; init; }

    /// <summary>What then: Hold (default) or RollBack.</summary>
    [DefaultValue(UnknownAction.Hold)]
    public UnknownAction Then { get; init; } = UnknownAction.Hold;
}
