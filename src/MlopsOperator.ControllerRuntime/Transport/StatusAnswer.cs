using System.Globalization;
using System.Text.Json;

namespace MlopsOperator.ControllerRuntime.Transport;

/// <summary>Reads the Status in an answer other than success.</summary>
internal static class StatusAnswer
{
    /// <summary>The exception for an answer; <paramref name="subject"/> says what was asked for.</summary>
    public static ApiException ToException(int status, ReadOnlySpan<byte> body, TimeSpan? retryAfter, string subject)
    {
        var reader = new Utf8JsonReader(body);
        var code = status;
        var reason = ReasonOf(status);
        string? message = null;
        var namesCauses = false;
        try
        {
            if (JsonElement.TryParseValue(ref reader, out var parsed) && parsed is { ValueKind: JsonValueKind.Object } root)
            {
                message = Text(root, "message");
                reason = Text(root, "reason") ?? reason;
                code = Number(root, "code") is { } value and >= 400 ? value : status;
                retryAfter ??= RetryAfterOf(root);
                namesCauses = root.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Object
                    && details.TryGetProperty("causes", out var causes) && causes is { ValueKind: JsonValueKind.Array } && causes.GetArrayLength() > 0;
            }
        }
        catch (JsonException)
        {
            // Not a Status: proxies answer in HTML. The body is not repeated, it may hold anything.
        }

        message ??= string.Create(CultureInfo.InvariantCulture, $"the API server answered {status} without a Status");
        return new ApiException(code, reason, $"{subject}: {Cut(message)}", retryAfter) { NamesCauses = namesCauses };
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static int? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static TimeSpan? RetryAfterOf(JsonElement root) =>
        root.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Object
        && Number(details, "retryAfterSeconds") is { } seconds and > 0
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static string Cut(string message) =>
        message.Length <= Limits.MessageLength ? message : string.Concat(message.AsSpan(0, Limits.MessageLength), "…");

    private static string ReasonOf(int status) => status switch
    {
        400 => "BadRequest",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        409 => "Conflict",
        410 => "Gone",
        422 => "Invalid",
        429 => "TooManyRequests",
        503 => "ServiceUnavailable",
        504 => "Timeout",
        >= 500 => "InternalError",
        _ => "Unknown",
    };
}
