using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Models;

/// <summary>A golden request must be an Open Inference Protocol v2 body that the version's signature can answer.</summary>
internal static class GoldenTestRules
{
    /// <summary>Checks a golden request and the answer that is expected of it.</summary>
    /// <param name="test">The test.</param>
    /// <param name="signature">The version's signature; names, datatypes and shapes are compared with it when there is one.</param>
    /// <param name="path">Path of the test.</param>
    /// <param name="problems">Where what is wrong is added.</param>
    public static void Check(GoldenTest test, ModelSignature? signature, string path, ICollection<Problem> problems)
    {
        var inputs = CheckTensors(test.Request, "inputs", $"{path}.request", signature?.Inputs, problems);
        foreach (var missing in (signature?.Inputs ?? []).Where(input => inputs.Count > 0 && input is not null && !inputs.Contains(input.Name)))
        {
            problems.Add(new Problem($"{path}.request.inputs", string.Join(", ", inputs), $"every input of the signature, so {missing.Name} too"));
        }

        CheckTensors(test.Expect, "outputs", $"{path}.expect", signature?.Outputs, problems);
    }

    private static HashSet<string> CheckTensors(
        JsonObject body, string member, string path, IReadOnlyList<TensorSignature>? signature, ICollection<Problem> problems)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var field = $"{path}.{member}";
        if (body[member] is not JsonArray { Count: > 0 } tensors)
        {
            problems.Add(new Problem(field, Text(body[member]), $"a list of tensors (Open Inference Protocol v2), such as [{Example(member)}]"));
            return names;
        }

        foreach (var (tensorPath, element) in FieldPaths.Elements(field, tensors))
        {
            if (element is not JsonObject tensor)
            {
                problems.Add(new Problem(tensorPath, Text((JsonNode)element), $"a tensor, such as {Example(member)}"));
                continue;
            }

            CheckName(tensor, tensorPath, names, problems);
            TensorRules.Check(tensor, Find(signature, tensor, tensorPath, problems), isComplete: member is "inputs", tensorPath, problems);
        }

        return names;
    }

    private static void CheckName(JsonObject tensor, string path, HashSet<string> names, ICollection<Problem> problems)
    {
        if (TensorRules.String(tensor["name"]) is not { Length: > 0 } name)
        {
            problems.Add(new Problem($"{path}.name", Text(tensor["name"]), "the name of the tensor"));
        }
        else if (!names.Add(name))
        {
            problems.Add(new Problem($"{path}.name", name, "each tensor once"));
        }
    }

    private static TensorSignature? Find(IReadOnlyList<TensorSignature>? signature, JsonObject tensor, string path, ICollection<Problem> problems)
    {
        if (signature is not { Count: > 0 } || TensorRules.String(tensor["name"]) is not { Length: > 0 } name)
        {
            return null;
        }

        var found = signature.FirstOrDefault(candidate => string.Equals(candidate?.Name, name, StringComparison.Ordinal));
        if (found is null)
        {
            problems.Add(new Problem($"{path}.name", name, $"a name of the signature: {string.Join(", ", signature.Select(candidate => candidate?.Name))}"));
        }

        return found;
    }

    private static string Example(string member) => member is "inputs"
        ? """{"name": "features", "datatype": "FP32", "shape": [1, 2], "data": [0.5, 1]}"""
        : """{"name": "label", "data": [1]}""";

    private static string? Text(JsonNode? node) => node is null ? null : node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();
}
