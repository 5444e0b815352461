using MlopsOperator.Api.Models;
using MlopsOperator.Api.Strategies;

namespace MlopsOperator.Operator.Deployments;

/// <summary>What the references of a deployment lead to.</summary>
/// <param name="Version">The version, or null.</param>
/// <param name="Runtime">The runtime, or null.</param>
/// <param name="Strategy">The strategy with its defaults, or null.</param>
/// <param name="Problem">The first thing that is wrong with the spec or with what it refers to.</param>
internal sealed record ResolvedReferences(ModelVersion? Version, ClusterModelRuntime? Runtime, RolloutStrategySpec? Strategy, SpecProblem? Problem);
