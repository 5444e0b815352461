namespace MlopsOperator.Operator.Deployments;

/// <summary>An object that a deployment needs and that could not be created.</summary>
/// <param name="Name">Name of the object.</param>
/// <param name="Problem">What to show.</param>
internal sealed record TakenName(string Name, SpecProblem Problem);
