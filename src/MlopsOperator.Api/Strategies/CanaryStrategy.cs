namespace MlopsOperator.Api.Strategies;

/// <summary>Traffic moves in steps, each judged.</summary>
public sealed record CanaryStrategy
{
    /// <summary>The steps; 5 %, 10 %, 25 %, 50 % with a wait of 5m when absent. Weights must rise.</summary>
    public IReadOnlyList<CanaryStep>? Steps { get; init; }
}
