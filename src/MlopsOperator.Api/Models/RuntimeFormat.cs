namespace MlopsOperator.Api.Models;

/// <summary>A format that a runtime serves.</summary>
public sealed record RuntimeFormat
{
    /// <summary>Name, such as onnx.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether deployments without a runtimeRef may be given this runtime; true by default.</summary>
    public bool AutoSelect { get; init; } = true;

    /// <summary>Among runtimes that may be chosen, the highest wins, then the first by name; 0 by default.</summary>
    public int Priority { get; init; }
}
