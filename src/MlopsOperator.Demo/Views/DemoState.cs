using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Demo.Traffic;

namespace MlopsOperator.Demo.Views;

/// <summary>What there is to show at one moment, all of it observed.</summary>
/// <param name="Elapsed">Time since the cluster was up.</param>
/// <param name="Chapter">What the demo does now.</param>
/// <param name="Deployment">Status of the ModelDeployment.</param>
/// <param name="Rollout">The newest rollout.</param>
/// <param name="Rates">Answers a second in the last moments, by version.</param>
/// <param name="Totals">Answers since the start, by version.</param>
internal sealed record DemoState(
    TimeSpan Elapsed,
    string Chapter,
    ModelDeploymentStatus? Deployment,
    ModelRollout? Rollout,
    IReadOnlyDictionary<string, VersionRate> Rates,
    IReadOnlyDictionary<string, AnswerCount> Totals);
