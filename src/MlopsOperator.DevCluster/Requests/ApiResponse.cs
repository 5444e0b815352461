using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>An answer: bytes, or the lines of a watch, or a stream that may go on.</summary>
internal sealed class ApiResponse
{
    public required int Status { get; init; }

    public string ContentType { get; init; } = "application/json";

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Lines still to come; the receiver disposes it.</summary>
    public WatchStream? Watch { get; init; }

    /// <summary>A log; the receiver disposes it.</summary>
    public Stream? Stream { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public int? RetryAfterSeconds { get; init; }

    /// <summary>Further headers, in lower case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether the request changed anything stored.</summary>
    public bool Changed { get; init; }

    /// <summary>The same answer with another body that goes on.</summary>
    public ApiResponse With(Stream stream) => new() { Status = Status, ContentType = ContentType, Stream = stream, Warnings = Warnings, Headers = Headers };

    public static ApiResponse Json(int status, JsonNode body, IReadOnlyList<string>? warnings = null, bool changed = false, string contentType = "application/json") =>
        new() { Status = status, Body = JsonBytes.Write(body), Warnings = warnings ?? [], Changed = changed, ContentType = contentType };

    public static ApiResponse Text(int status, string text) =>
        new() { Status = status, Body = Encoding.UTF8.GetBytes(text), ContentType = "text/plain; charset=utf-8" };

    /// <summary>A warning as the header Warning carries it.</summary>
    public static string WarningHeader(string text) =>
        $"299 - \"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    public static ApiResponse Of(ApiStatus status) =>
        new() { Status = status.Code, Body = JsonBytes.Write(status.ToJson()), RetryAfterSeconds = status.RetryAfterSeconds };
}
