using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Models;

/// <summary>Format of a model artifact.</summary>
public sealed record ModelFormat
{
    /// <summary>Name, such as onnx.</summary>
    [Pattern(ModelNames.Pattern, ModelNames.Expected)]
    [Length(1, 63)]
    public string Name { get; init; } = "";

    /// <summary>Version of the format, where runtimes differ by it.</summary>
    [Pattern(ModelNames.Pattern, ModelNames.Expected)]
    [Length(1, 63)]
    public string? Version { get; init; }
}
