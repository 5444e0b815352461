namespace MlopsOperator.DevCluster.Controllers;

/// <summary>Controllers that the cluster runs.</summary>
public enum EmbeddedController
{
    /// <summary>Deployments to ReplicaSets.</summary>
    Deployment,

    /// <summary>ReplicaSets to pods.</summary>
    ReplicaSet,

    /// <summary>Jobs to pods.</summary>
    Job,

    /// <summary>Services and pods to EndpointSlices.</summary>
    EndpointSlice,

    /// <summary>Removes what no living owner holds.</summary>
    GarbageCollector,

    /// <summary>Empties namespaces that are deleted.</summary>
    Namespace,
}
