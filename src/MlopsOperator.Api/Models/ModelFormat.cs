namespace MlopsOperator.Api.Models;

/// <summary>Format of a model artifact.</summary>
public sealed record ModelFormat
{
    /// <summary>Name, such as onnx.</summary>
    public string Name { get; init; } = "";

    /// <summary>Version of the format, where runtimes differ by it.</summary>
    public string? Version { get; init; }
}
