using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Requests;

/// <summary>The one rollout that a request is meant for.</summary>
public sealed record RequestedRollout
{
    /// <summary>Name of the ModelRollout.</summary>
    [ObjectName]
    public string Name { get; init; } = "";

    /// <summary>Its <c>metadata.uid</c>: a rollout that is made anew under the name is another one.</summary>
    [Pattern(ModelNames.Pattern, ModelNames.Expected)]
    [Length(1, 128)]
    public string Uid { get; init; } = "";
}
