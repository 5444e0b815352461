using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Models;

/// <summary>A tensor of a golden request must have the datatype, shape and number of values that it says, and that the signature says.</summary>
internal static class TensorRules
{
    /// <summary>Checks a tensor.</summary>
    /// <param name="tensor">The tensor as JSON.</param>
    /// <param name="signature">What the signature says of it; null when it says nothing.</param>
    /// <param name="isComplete">Whether datatype and shape are required, as in a request.</param>
    /// <param name="path">Path of the tensor.</param>
    /// <param name="problems">Where what is wrong is added.</param>
    public static void Check(JsonObject tensor, TensorSignature? signature, bool isComplete, string path, ICollection<Problem> problems)
    {
        CheckDatatype(tensor, signature, isComplete, path, problems);
        var shape = CheckShape(tensor, signature, isComplete, path, problems);
        if (tensor["data"] is not JsonArray data)
        {
            problems.Add(new Problem($"{path}.data", tensor["data"]?.ToJsonString(), "a list of values, flat or nested by row"));
            return;
        }

        var datatype = signature?.Datatype ?? String(tensor["datatype"]);
        var values = new List<JsonNode?>();
        Flatten(data, values, depth: 0);
        if (shape is not null && Product(shape) is var wanted && wanted != values.Count)
        {
            problems.Add(new Problem($"{path}.data", Count(values.Count), $"{Count(wanted)}, for the shape is [{string.Join(", ", shape)}]"));
        }

        var bad = values.FindIndex(value => !Fits(value, datatype));
        if (bad >= 0)
        {
            problems.Add(new Problem($"{path}.data", values[bad]?.ToJsonString() ?? "null", Kind(datatype)));
        }
    }

    /// <summary>A node's text; null when it is no text.</summary>
    public static string? String(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private static void CheckDatatype(JsonObject tensor, TensorSignature? signature, bool isComplete, string path, ICollection<Problem> problems)
    {
        var found = String(tensor["datatype"]);
        if (found is null ? isComplete || tensor.ContainsKey("datatype") : signature is not null && !string.Equals(found, signature.Datatype, StringComparison.Ordinal))
        {
            problems.Add(new Problem($"{path}.datatype", found ?? tensor["datatype"]?.ToJsonString(), signature?.Datatype ?? "a datatype, such as FP32"));
        }
    }

    private static List<int>? CheckShape(JsonObject tensor, TensorSignature? signature, bool isComplete, string path, ICollection<Problem> problems)
    {
        var found = tensor["shape"];
        if (found is null && !isComplete)
        {
            return null;
        }

        var shape = (found as JsonArray)?.Select(Size).ToList();
        if (shape is null || shape.Exists(size => size is null or < 0))
        {
            problems.Add(new Problem($"{path}.shape", found?.ToJsonString(), "a list of sizes, such as [1, 12]"));
            return null;
        }

        var sizes = shape.ConvertAll(size => size!.Value);
        if (signature is not null && !Agrees(sizes, signature.Shape))
        {
            problems.Add(new Problem($"{path}.shape", found!.ToJsonString(), $"[{string.Join(", ", signature.Shape)}] as the signature says (-1 is any)"));
        }

        return sizes;
    }

    private static bool Agrees(List<int> sizes, IReadOnlyList<long> signature) =>
        sizes.Count == signature.Count && !sizes.Where((size, dimension) => signature[dimension] >= 0 && signature[dimension] != size).Any();

    private static int? Size(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number && int.TryParse(node.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var size)
            ? size
            : null;

    // Saturates: a product of eight sizes may not overflow into a number that fits.
    private static long Product(List<int> sizes) =>
        sizes.Aggregate(1L, (product, size) => Math.Min(product * size, int.MaxValue));

    private static void Flatten(JsonArray data, List<JsonNode?> values, int depth)
    {
        foreach (var value in data)
        {
            if (value is JsonArray nested && depth < 8)
            {
                Flatten(nested, values, depth + 1);
            }
            else
            {
                values.Add(value);
            }
        }
    }

    private static bool Fits(JsonNode? value, string? datatype) => (datatype, value?.GetValueKind()) switch
    {
        (null, _) => true,
        ("BOOL", JsonValueKind.True or JsonValueKind.False) => true,
        ("BYTES", JsonValueKind.String) => true,
        ("FP16" or "FP32" or "FP64", null or JsonValueKind.Number) => true,
        ({ } other, JsonValueKind.Number) => other.Contains("INT", StringComparison.Ordinal) && IsWhole(value!, other[0] == 'U'),
        _ => false,
    };

    private static bool IsWhole(JsonNode value, bool isUnsigned) =>
        decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number == decimal.Truncate(number) && (number >= 0 || !isUnsigned);

    private static string Kind(string? datatype) => datatype switch
    {
        "BOOL" => "true or false, for the datatype is BOOL",
        "BYTES" => "texts, for the datatype is BYTES",
        { } real when real.StartsWith("FP", StringComparison.Ordinal) => $"numbers, or null for a missing one, for the datatype is {real}",
        _ => $"whole numbers, for the datatype is {datatype}",
    };

    private static string Count(long count) => string.Create(CultureInfo.InvariantCulture, $"{count} values");
}
