using System.Globalization;
using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Controllers.Deployments;

/// <summary>A ReplicaSet of a Deployment, with the numbers that decide.</summary>
/// <param name="Object">The object; <c>spec.replicas</c> of it follows when it is scaled.</param>
internal sealed record OwnedReplicaSet(JsonObject Object)
{
    public const string RevisionAnnotation = "deployment.kubernetes.io/revision";
    public const string DesiredAnnotation = "deployment.kubernetes.io/desired-replicas";
    public const string MaxAnnotation = "deployment.kubernetes.io/max-replicas";

    public string Name => Object.Name();

    /// <summary>Wanted pods.</summary>
    public int Replicas => Object.Child("spec").Number("replicas") ?? 0;

    /// <summary>Pods that are there.</summary>
    public int Actual => Object.Child("status").Number("replicas") ?? 0;

    public int Ready => Object.Child("status").Number("readyReplicas") ?? 0;

    public int Available => Object.Child("status").Number("availableReplicas") ?? 0;

    public int Terminating => Object.Child("status").Number("terminatingReplicas") ?? 0;

    public long Revision => Annotation(RevisionAnnotation);

    /// <summary>Replicas that the Deployment wanted when this set was last scaled, 0 when it was never written.</summary>
    public long Desired => Annotation(DesiredAnnotation);

    public string Created => Object.Child("metadata").Text("creationTimestamp") ?? "";

    /// <summary>Whether the ReplicaSet controller has seen the latest spec.</summary>
    public bool IsObserved => (Object.Child("status").LongNumber("observedGeneration") ?? 0) >= (Object.Child("metadata").LongNumber("generation") ?? 0);

    private long Annotation(string name) =>
        Object.Annotations().TryGetValue(name, out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
