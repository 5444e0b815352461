using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.Api.Models;

namespace MlopsOperator.Operator.Rollouts.GoldenTests;

/// <summary>
/// Compares an Open Inference Protocol v2 answer with what a golden test expects. Outputs that are not named are not looked at. Numbers of FP datatypes
/// may differ by the tolerance, |got − expected| ≤ absolute + relative · |expected|; all else is equal or not. A missing number is null on both sides.
/// </summary>
internal static class AnswerComparison
{
    private const double DefaultAbsolute = 1e-4;
    private const double DefaultRelative = 1e-3;

    /// <summary>The first difference in words, or null when there is none.</summary>
    public static string? FirstDifference(JsonObject expected, JsonObject answer, Tolerance? tolerance)
    {
        if (expected["outputs"] is not JsonArray { Count: > 0 } outputs)
        {
            return "the test expects no outputs; expect.outputs must list at least one";
        }

        foreach (var output in outputs.OfType<JsonObject>())
        {
            var name = Text(output["name"]);
            var found = (answer["outputs"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(other => string.Equals(Text(other["name"]), name, StringComparison.Ordinal));
            if (found is null)
            {
                return $"output '{name}' is missing in the answer";
            }

            if (Difference(name, output, found, tolerance) is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static string? Difference(string name, JsonObject expected, JsonObject found, Tolerance? tolerance)
    {
        var datatype = Text(expected["datatype"]);
        if (expected["datatype"] is not null && !string.Equals(datatype, Text(found["datatype"]), StringComparison.Ordinal))
        {
            return $"output '{name}': expected datatype {datatype}, found {Text(found["datatype"])}";
        }

        if (expected["shape"] is { } shape && !JsonNode.DeepEquals(shape, found["shape"]))
        {
            return $"output '{name}': expected shape {shape.ToJsonString()}, found {found["shape"]?.ToJsonString() ?? "none"}";
        }

        var wanted = Values(expected["data"]);
        var got = Values(found["data"]);
        if (wanted.Count != got.Count)
        {
            return $"output '{name}': expected {wanted.Count} values, found {got.Count}";
        }

        var floating = Text(found["datatype"]).StartsWith("FP", StringComparison.Ordinal);
        for (var index = 0; index < wanted.Count; index++)
        {
            if (!Agree(wanted[index], got[index], floating, tolerance))
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"output '{name}'[{index}]: expected {wanted[index]?.ToJsonString() ?? "null"}, found {got[index]?.ToJsonString() ?? "null"}");
            }
        }

        return null;
    }

    private static bool Agree(JsonNode? expected, JsonNode? found, bool floating, Tolerance? tolerance)
    {
        if (!floating || expected is null || found is null)
        {
            return JsonNode.DeepEquals(expected, found);
        }

        if (Number(expected) is not { } wanted || Number(found) is not { } got)
        {
            return JsonNode.DeepEquals(expected, found);
        }

        return Math.Abs(got - wanted) <= (tolerance?.Absolute ?? DefaultAbsolute) + ((tolerance?.Relative ?? DefaultRelative) * Math.Abs(wanted));
    }

    private static double? Number(JsonNode node) =>
        node.GetValueKind() == JsonValueKind.Number && double.TryParse(node.ToJsonString(), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static List<JsonNode?> Values(JsonNode? data) => data is null ? [] : [.. Flatten(data)];

    private static IEnumerable<JsonNode?> Flatten(JsonNode? node) => node is JsonArray elements ? elements.SelectMany(Flatten) : [node];

    private static string Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node?.ToJsonString() ?? "";
}
