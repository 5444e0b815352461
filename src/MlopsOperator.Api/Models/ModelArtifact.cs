namespace MlopsOperator.Api.Models;

/// <summary>The bytes of a model.</summary>
public sealed record ModelArtifact
{
    /// <summary>Where the artifact is, such as <c>file:///models/2/model.onnx</c>.</summary>
    public string? Uri { get; init; }

    /// <summary>Digest of the content, <c>sha256:</c> and 64 hexadecimal digits. What does not match is never served.</summary>
    public string? Digest { get; init; }

    /// <summary>Size in bytes; fetching stops one byte later.</summary>
    public long? SizeBytes { get; init; }
}
