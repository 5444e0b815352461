namespace MlopsOperator.Operator.Deployments;

/// <summary>A name that a deployment needs and that somebody else's object holds.</summary>
/// <param name="Name">Name of the object.</param>
/// <param name="Problem">What to show.</param>
internal sealed record TakenName(string Name, SpecProblem Problem);
