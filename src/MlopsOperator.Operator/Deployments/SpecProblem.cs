namespace MlopsOperator.Operator.Deployments;

/// <summary>Why a spec cannot be used. What serves, serves on.</summary>
/// <param name="Reason">One word for programs.</param>
/// <param name="Message">Object, field, expected, found and what to do.</param>
internal sealed record SpecProblem(string Reason, string Message);
