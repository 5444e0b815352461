using MlopsOperator.Api.Validation;

namespace MlopsOperator.Api.Models;

/// <summary>What a runtime must be.</summary>
public static class ModelRuntimeRules
{
    /// <summary>Checks a runtime.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <returns>All that is wrong, in the order of the fields; empty when nothing is.</returns>
    public static IReadOnlyList<Problem> Check(ClusterModelRuntime runtime) => Check(runtime.Spec, "spec");

    /// <summary>Checks the spec of a runtime.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="path">Path of the spec.</param>
    /// <returns>All that is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<Problem> Check(ModelRuntimeSpec spec, string path)
    {
        var problems = new List<Problem>();
        FieldRules.Check(spec, path, problems);
        return problems;
    }
}
