using MlopsOperator.Api.Schemas.Attributes;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Models;

/// <summary>The bytes of a model.</summary>
public sealed record ModelArtifact
{
    // Twice this, which the model's volume gets, is far from what a number of bytes can be.
    private const long MaximumSize = 100_000_000_000_000;

    /// <summary>Where the artifact is, such as <c>file:///models/2/model.onnx</c>.</summary>
    [Required]
    [Pattern(ModelNames.UriPattern, ModelNames.ExpectedUri)]
    [Length(1, 2048)]
    [ValidationRule(ModelNames.UriRule, "expected " + ModelNames.ExpectedUriSteps)]
    public string? Uri { get; init; }

    /// <summary>Digest of the content, <c>sha256:</c> and 64 hexadecimal digits. What does not match is never served.</summary>
    [DigestText]
    public string? Digest { get; init; }

    /// <summary>Size in bytes, at most 100 TB; fetching stops one byte later.</summary>
    [RangeMinimum(1)]
    [RangeMaximum(MaximumSize)]
    public long? SizeBytes { get; init; }
}
