namespace MlopsOperator.DevCluster.Controllers;

/// <summary>A resource as paths name it.</summary>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Version">Version, such as v1.</param>
/// <param name="Plural">Plural name, such as pods.</param>
/// <param name="Kind">Kind, such as Pod.</param>
/// <param name="Namespaced">Whether its objects live in namespaces.</param>
internal sealed record ResourceId(string Group, string Version, string Plural, string Kind, bool Namespaced = true)
{
    public static readonly ResourceId Pods = new("", "v1", "pods", "Pod");
    public static readonly ResourceId Services = new("", "v1", "services", "Service");
    public static readonly ResourceId ConfigMaps = new("", "v1", "configmaps", "ConfigMap");
    public static readonly ResourceId Secrets = new("", "v1", "secrets", "Secret");
    public static readonly ResourceId Events = new("", "v1", "events", "Event");
    public static readonly ResourceId Namespaces = new("", "v1", "namespaces", "Namespace", Namespaced: false);
    public static readonly ResourceId Nodes = new("", "v1", "nodes", "Node", Namespaced: false);
    public static readonly ResourceId Deployments = new("apps", "v1", "deployments", "Deployment");
    public static readonly ResourceId ReplicaSets = new("apps", "v1", "replicasets", "ReplicaSet");
    public static readonly ResourceId ControllerRevisions = new("apps", "v1", "controllerrevisions", "ControllerRevision");
    public static readonly ResourceId Jobs = new("batch", "v1", "jobs", "Job");
    public static readonly ResourceId EndpointSlices = new("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice");

    /// <summary>apiVersion of its manifests.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";
}
