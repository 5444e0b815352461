using k8s;
using k8s.Models;
using MlopsOperator.Api;
using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Models;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Api.Validation;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.Operator.Deployments;

/// <summary>
/// Follows the references of a deployment. The first thing that is wrong is the problem: with the spec itself, then with the version, the runtime and the
/// strategy, each by name.
/// </summary>
internal sealed class DeploymentReferences(
    IObjectCache<ModelVersion> versions,
    IObjectCache<ClusterModelRuntime> runtimes,
    IObjectCache<RolloutStrategy> strategies,
    IObjectCache<ClusterRolloutStrategy> clusterStrategies)
{
    public ResolvedReferences Resolve(ModelDeployment deployment)
    {
        var (version, versionProblem) = Version(deployment);
        var (runtime, runtimeProblem) = version is null ? (null, null) : Runtime(deployment, version);
        var (strategy, strategyProblem) = Strategy(deployment);
        var problem = Invalid("InvalidSpec", Name(deployment), ModelDeploymentRules.Check(deployment)) ?? versionProblem ?? runtimeProblem ?? strategyProblem;
        return new ResolvedReferences(version, runtime, strategy, problem);
    }

    private (ModelVersion? Version, SpecProblem? Problem) Version(ModelDeployment deployment)
    {
        var name = deployment.Spec.ModelVersionRef.Name;
        if (versions.Get(deployment.Metadata.NamespaceProperty, name) is not { Metadata.DeletionTimestamp: null } version)
        {
            return (null, new SpecProblem(
                "ModelVersionNotFound",
                $"{Name(deployment)}: spec.modelVersionRef.name: found \"{name}\"{Leaving(versions.Get(deployment.Metadata.NamespaceProperty, name))}; expected the name of a ModelVersion in namespace {deployment.Metadata.NamespaceProperty}; apply that version or name another"));
        }

        return Invalid("InvalidModelVersion", $"ModelVersion {name}", ModelVersionRules.Check(version)) is { } problem ? (null, problem) : (version, null);
    }

    private (ClusterModelRuntime? Runtime, SpecProblem? Problem) Runtime(ModelDeployment deployment, ModelVersion version)
    {
        var format = version.Spec.Format.Name;
        if (deployment.Spec.RuntimeRef is { } reference)
        {
            if (runtimes.Get(null, reference.Name) is not { Metadata.DeletionTimestamp: null } named)
            {
                return (null, new SpecProblem(
                    "RuntimeNotFound",
                    $"{Name(deployment)}: spec.runtimeRef.name: found \"{reference.Name}\"{Leaving(runtimes.Get(null, reference.Name))}; expected the name of a ClusterModelRuntime, such as {Some(runtimes.List().Select(runtime => runtime.Metadata.Name))}"));
            }

            return Serves(named, format)
                ? Checked(named)
                : (null, new SpecProblem(
                    "UnsupportedFormat",
                    $"{Name(deployment)}: spec.runtimeRef.name: ClusterModelRuntime \"{reference.Name}\" serves {Some(named.Spec.Formats.Select(served => served.Name))}, ModelVersion {version.Metadata.Name} has format \"{format}\"; name a runtime that serves it"));
        }

        var chosen = runtimes.List()
            .Where(runtime => runtime.Metadata.DeletionTimestamp is null && Serves(runtime, format, autoSelectOnly: true))
            // One that nobody named and that cannot be used must not stand in the way of one that can.
            .OrderByDescending(runtime => ModelRuntimeRules.Check(runtime).Count == 0)
            .ThenByDescending(runtime => runtime.Spec.Formats.First(served => Same(served.Name, format)).Priority)
            .ThenBy(runtime => runtime.Metadata.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return chosen is null
            ? (null, new SpecProblem(
                "UnsupportedFormat",
                $"ModelVersion {version.Metadata.Name}: spec.format.name: found \"{format}\"; expected a format that a ClusterModelRuntime serves, such as {Some(runtimes.List().SelectMany(runtime => runtime.Spec.Formats.Select(served => served.Name)))}; install a runtime for it"))
            : Checked(chosen);
    }

    private (RolloutStrategySpec? Strategy, SpecProblem? Problem) Strategy(ModelDeployment deployment)
    {
        if (deployment.Spec.StrategyRef is not { } reference)
        {
            return (StrategyDefaults.Resolve(null), null);
        }

        var (@namespace, ofCluster) = (deployment.Metadata.NamespaceProperty, reference.Kind is ClusterRolloutStrategy.KubeKind);
        CustomResource<RolloutStrategySpec, RolloutStrategyStatus>? strategy = ofCluster ? clusterStrategies.Get(null, reference.Name) : strategies.Get(@namespace, reference.Name);
        if (strategy is not { Metadata.DeletionTimestamp: null })
        {
            return (null, new SpecProblem(
                "StrategyNotFound",
                $"{Name(deployment)}: spec.strategyRef.name: found \"{reference.Name}\"{Leaving(strategy)}; expected the name of a {reference.Kind}{(ofCluster ? "" : $" in namespace {@namespace}")}; apply it, or leave strategyRef out for the built-in canary"));
        }

        return Invalid("InvalidStrategy", $"{reference.Kind} {reference.Name}", RolloutStrategyRules.Check(strategy.Spec, "spec")) is { } problem
            ? (null, problem)
            : (StrategyDefaults.Resolve(strategy.Spec), null);
    }

    private static (ClusterModelRuntime? Runtime, SpecProblem? Problem) Checked(ClusterModelRuntime runtime) =>
        Invalid("InvalidRuntime", $"ClusterModelRuntime {runtime.Metadata.Name}", ModelRuntimeRules.Check(runtime)) is { } problem ? (null, problem) : (runtime, null);

    private static SpecProblem? Invalid(string reason, string subject, IReadOnlyList<Problem> problems) =>
        problems.Count == 0 ? null : new SpecProblem(reason, $"{subject}: {ProblemSummary.Of(problems)}");

    private static string Leaving(IKubernetesObject<V1ObjectMeta>? referred) => referred is null ? "" : ", which is being deleted";

    private static bool Serves(ClusterModelRuntime runtime, string format, bool autoSelectOnly = false) =>
        runtime.Spec.Formats.Any(served => Same(served.Name, format) && (served.AutoSelect || !autoSelectOnly));

    private static string Name(ModelDeployment deployment) => $"ModelDeployment {deployment.Metadata.NamespaceProperty}/{deployment.Metadata.Name}";

    private static string Some(IEnumerable<string> names)
    {
        var some = names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(5).ToList();
        return some.Count == 0 ? "(there is none)" : string.Join(", ", some);
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}
