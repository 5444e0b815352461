using System.Text.Json;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>The demo cannot go on, or did not end as it should; the message is a sentence for a person.</summary>
internal sealed class DemoFailure(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>
    /// What a failure that can be expected comes to in a sentence: a part that is missing or broken, a port in use, a manifest that was refused, an answer
    /// that makes no sense or does not come. Null for all else: a defect shows where it happened.
    /// </summary>
    public static string? Sentence(Exception error) => error switch
    {
        DemoFailure or IOException or InvalidDataException or HttpRequestException or InvalidOperationException or UnauthorizedAccessException => $"The demo could not run: {error.Message}",
        JsonException => $"The demo could not run: an answer is not the JSON that was expected: {error.Message}",
        OperationCanceledException or TimeoutException => $"The demo could not run: something took too long: {error.Message}",
        _ => null,
    };
}
