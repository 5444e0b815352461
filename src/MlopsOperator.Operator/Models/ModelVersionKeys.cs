using MlopsOperator.Api.Deployments;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.Operator.Models;

/// <summary>Which versions a deployment uses: what it asks for, what serves and what is on its way.</summary>
internal static class ModelVersionKeys
{
    /// <summary>Versions whose <c>status.usedBy</c> a change of the deployment may concern.</summary>
    public static IEnumerable<ObjectKey> OfDeployment(ModelDeployment deployment) =>
        Names(deployment).Select(name => new ObjectKey(deployment.Metadata.NamespaceProperty, name));

    /// <summary>Names of the versions, each once.</summary>
    public static IEnumerable<string> Names(ModelDeployment deployment) =>
        new[] { deployment.Spec.ModelVersionRef.Name, deployment.Status?.Stable?.ModelVersion, deployment.Status?.Candidate?.ModelVersion }
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);
}
