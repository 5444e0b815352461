using MlopsOperator.Api.Validation;
using MlopsOperator.Api.Values;

namespace MlopsOperator.Api.Models;

/// <summary>What a ModelVersion must be.</summary>
public static class ModelVersionRules
{
    /// <summary>Checks a version.</summary>
    /// <param name="version">The version.</param>
    /// <returns>All that is wrong, in the order of the fields; empty when nothing is.</returns>
    public static IReadOnlyList<Problem> Check(ModelVersion version) => Check(version.Spec, "spec");

    /// <summary>Checks the spec of a version.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="path">Path of the spec.</param>
    /// <returns>All that is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<Problem> Check(ModelVersionSpec spec, string path)
    {
        var problems = new List<Problem>();
        FieldRules.Check(spec, path, problems);
        if (spec.Artifact.Uri is { } uri && ModelNames.HasDots(uri))
        {
            problems.Add(new Problem($"{path}.artifact.uri", uri, ModelNames.ExpectedUriSteps));
        }

        CheckTensors(spec.Signature?.Inputs, $"{path}.signature.inputs", problems);
        CheckTensors(spec.Signature?.Outputs, $"{path}.signature.outputs", problems);
        foreach (var (field, test) in FieldPaths.Elements($"{path}.tests", spec.Tests ?? []))
        {
            GoldenTestRules.Check((GoldenTest)test, spec.Signature, field, problems);
        }

        return problems;
    }

    private static void CheckTensors(IReadOnlyList<TensorSignature>? tensors, string path, List<Problem> problems)
    {
        foreach (var (field, tensor) in FieldPaths.Elements(path, tensors ?? []))
        {
            if (((TensorSignature)tensor).Name is { } name && ModelNames.IsDecomposed(name))
            {
                problems.Add(new Problem($"{field}.name", name, "composed characters (NFC), as requests must have the very same name"));
            }
        }
    }
}
