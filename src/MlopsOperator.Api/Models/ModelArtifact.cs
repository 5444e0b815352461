using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Models;

/// <summary>The bytes of a model.</summary>
public sealed record ModelArtifact
{
    /// <summary>Where the artifact is, such as <c>file:///models/2/model.onnx</c>.</summary>
    [Required]
    [Pattern(ModelNames.UriPattern, ModelNames.ExpectedUri)]
    [Length(1, 2048)]
    public string? Uri { get; init; }

    /// <summary>Digest of the content, <c>sha256:</c> and 64 hexadecimal digits. What does not match is never served.</summary>
    [DigestText]
    public string? Digest { get; init; }

    /// <summary>Size in bytes; fetching stops one byte later.</summary>
    [RangeMinimum(1)]
    public long? SizeBytes { get; init; }
}
