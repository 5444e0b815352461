using System.Text.Json.Nodes;
using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Models;

/// <summary>A request with the answer that the model must give, within a tolerance.</summary>
public sealed record GoldenTest
{
    /// <summary>Name, shown in the record.</summary>
    [Pattern(ModelNames.Pattern, ModelNames.Expected)]
    [Length(1, 63)]
    public string Name { get; init; } = "";

    /// <summary>Body of an Open Inference Protocol v2 inference request. A missing number is null.</summary>
    [PropertyLimits(1, 16)]
    public JsonObject Request { get; init; } = [];

    /// <summary>The answer that is expected: <c>{"outputs": [{name, shape, datatype, data}]}</c>. Outputs that are not named are not compared.</summary>
    [PropertyLimits(1, 16)]
    public JsonObject Expect { get; init; } = [];

    /// <summary>How far floating-point numbers may differ; other datatypes must be equal.</summary>
    public Tolerance? Tolerance { get; init; }
}
