using MlopsOperator.Api.Requests;
using MlopsOperator.Api.Schemas.Attributes;

namespace MlopsOperator.Api.Rollouts;

/// <summary>A request that the rollout has answered. What stands here has been used, whatever becomes of the RolloutRequest.</summary>
public sealed record RecordedRequest
{
    /// <summary><c>metadata.uid</c> of the RolloutRequest.</summary>
    [Length(0, 128)]
    public string Uid { get; init; } = "";

    /// <summary>Its name.</summary>
    [Length(0, 253)]
    public string Name { get; init; } = "";

    /// <summary>What was asked.</summary>
    public RequestAction Action { get; init; }

    /// <summary>Who asked, by the request itself.</summary>
    [Length(0, 256)]
    public string? By { get; init; }

    /// <summary>Why, by the request itself.</summary>
    [Length(0, 1024)]
    public string? Reason { get; init; }

    /// <summary>How sure it is who asked.</summary>
    public RequestIdentity Identity { get; init; }

    /// <summary>Honoured or Refused.</summary>
    public RequestPhase Phase { get; init; }

    /// <summary>What was done; or why not, and what to do.</summary>
    [Length(0, 4096)]
    public string Message { get; init; } = "";

    /// <summary>When it was answered.</summary>
    public DateTimeOffset Time { get; init; }
}
