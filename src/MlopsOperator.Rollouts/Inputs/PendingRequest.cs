using MlopsOperator.Api.Requests;

namespace MlopsOperator.Rollouts.Inputs;

/// <summary>A RolloutRequest whose status does not say yet what became of it.</summary>
public sealed record PendingRequest
{
    /// <summary><c>metadata.uid</c>: a request is used once, and this is what tells one from another of its name.</summary>
    public required string Uid { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What is asked; checked by its rules.</summary>
    public required RolloutRequestSpec Spec { get; init; }
}
