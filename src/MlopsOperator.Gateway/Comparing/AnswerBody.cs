using System.Runtime.InteropServices;

namespace MlopsOperator.Gateway.Comparing;

/// <summary>The body of an answer.</summary>
/// <param name="Bytes">All of it.</param>
/// <param name="ContentType">What the answer says it is.</param>
/// <param name="JsonLength">Bytes of JSON before raw tensors, as <c>Inference-Header-Content-Length</c> says; null where there are none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AnswerBody(ReadOnlyMemory<byte> Bytes, string? ContentType, int? JsonLength)
{
    /// <summary>The header that tells where raw tensors begin.</summary>
    public const string JsonLengthHeader = "Inference-Header-Content-Length";

    /// <summary>Whether the answer says that it is JSON, or begins with it.</summary>
    public bool ClaimsJson => JsonLength is not null || ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether it says that it is a stream of events.</summary>
    public bool IsStream => IsEventStream(ContentType);

    /// <summary>Whether a content type is a stream of events.</summary>
    public static bool IsEventStream(string? contentType) => contentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>What the header says; null when it is absent or no length within the body.</summary>
    public static int? ParseJsonLength(string? header, int bytes) =>
        int.TryParse(header, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var length) && length <= bytes ? length : null;
}
