using System.Text.Json;
using System.Text.Json.Nodes;

namespace MlopsOperator.Statistics.Verdicts;

/// <summary>A judgement's state as JSON: lossless, canonical and bounded by the number of guards and steps.</summary>
public static class JudgementJson
{
    /// <summary>The state as an object.</summary>
    /// <param name="state">The state.</param>
    public static JsonObject Write(JudgementState state) => JsonSerializer.SerializeToNode(state, JudgementJsonContext.Default.JudgementState)!.AsObject();

    /// <summary>The state that was written; null when it is not one, so that the caller begins anew.</summary>
    /// <param name="json">What was read; may be null.</param>
    public static JudgementState? Read(JsonObject? json)
    {
        try
        {
            return json?.Deserialize(JudgementJsonContext.Default.JudgementState);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
