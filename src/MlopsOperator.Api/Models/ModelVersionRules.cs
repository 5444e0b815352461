using MlopsOperator.Api.Validation;

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
        foreach (var (field, test) in FieldPaths.Elements($"{path}.tests", spec.Tests ?? []))
        {
            GoldenTestRules.Check((GoldenTest)test, spec.Signature, field, problems);
        }

        return problems;
    }
}
