using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Rollouts;

/// <summary>Result of a golden request.</summary>
public sealed record TestResult
{
    /// <summary>Name of the test.</summary>
    [Length(0, 63)]
    public string Name { get; init; } = "";

    /// <summary>Whether the answer was as expected.</summary>
    public bool Passed { get; init; }

    /// <summary>What was expected and found, when it was not.</summary>
    [Length(0, 4096)]
    public string? Message { get; init; }
}
