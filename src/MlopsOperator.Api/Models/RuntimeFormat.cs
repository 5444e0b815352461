using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Models;

/// <summary>A format that a runtime serves.</summary>
public sealed record RuntimeFormat
{
    /// <summary>Name, such as onnx.</summary>
    [Pattern(ModelNames.Pattern, ModelNames.Expected)]
    [Length(1, 63)]
    public string Name { get; init; } = "";

    /// <summary>Whether deployments without a runtimeRef may be given this runtime; true by default.</summary>
    [DefaultValue(true)]
    public bool AutoSelect { get; init; } = true;

    /// <summary>Among runtimes that may be chosen, the highest wins, then the first by name; 0 by default.</summary>
    [DefaultValue(0)]
    [RangeMinimum(-1000)]
    [RangeMaximum(1000)]
    public int Priority { get; init; }
}
