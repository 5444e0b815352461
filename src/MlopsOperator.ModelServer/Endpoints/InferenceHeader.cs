using System.Globalization;
using Microsoft.Net.Http.Headers;
using MlopsOperator.ModelServer.Protocol;

namespace MlopsOperator.ModelServer.Endpoints;

/// <summary>How a body is laid out: JSON alone, or JSON of a given length and raw tensors after it.</summary>
internal static class InferenceHeader
{
    /// <summary>The header that tells the length of the JSON; without it the whole body is JSON.</summary>
    public const string Name = "Inference-Header-Content-Length";

    /// <summary>Content type of a body with a binary part.</summary>
    public const string BinaryType = "application/octet-stream";

    /// <summary>Length of the JSON.</summary>
    /// <param name="request">The request.</param>
    /// <param name="bodyBytes">Length of its body.</param>
    /// <returns>The length; null without the header.</returns>
    /// <exception cref="InvalidRequestException">The header is no length, or more than the body.</exception>
    public static int? JsonBytes(HttpRequest request, int bodyBytes)
    {
        if (!request.Headers.TryGetValue(Name, out var values))
        {
            return null;
        }

        return int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= bodyBytes
            ? length
            : throw new InvalidRequestException($"{Name}: found \"{Quote.Text(values.ToString())}\"; expected the length of the JSON, at most that of the body, {bodyBytes.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>Says what is wrong with the headers that tell the body's type.</summary>
    /// <param name="request">The request.</param>
    /// <returns>A sentence; null if nothing is.</returns>
    public static string? Complaint(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0)
        {
            return $"content-encoding \"{Quote.Text(request.Headers.ContentEncoding.ToString())}\" is not taken; send the body as it is";
        }

        var isBinary = request.Headers.ContainsKey(Name);
        return string.IsNullOrEmpty(request.ContentType) || (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && IsTaken(type.MediaType.Value, isBinary))
            ? null
            : $"content-type \"{Quote.Text(request.ContentType)}\" is not taken; expected application/json{(isBinary ? $" or {BinaryType}" : "")}";
    }

    private static bool IsTaken(string? type, bool isBinary) =>
        string.Equals(type, "application/json", StringComparison.OrdinalIgnoreCase) || (isBinary && string.Equals(type, BinaryType, StringComparison.OrdinalIgnoreCase));
}
