using k8s.Models;
using MlopsOperator.DevCluster.Schemas;

namespace MlopsOperator.DevCluster.Kinds;

/// <summary>The table of built-in kinds. A kind that is only stored needs one line here.</summary>
internal static class BuiltInKinds
{
    private static readonly string[] ScaleVerbs = ["get", "patch", "update"];
    private static readonly ScalePaths WorkloadScale = new(".spec.replicas", ".status.replicas", ".spec.selector");

    public static IReadOnlyList<ResourceKind> All() =>
    [
        .. Core(),
        New<V1CustomResourceDefinition>("apiextensions.k8s.io", "customresourcedefinitions", false, ["crd", "crds"], ["api-extensions"], status: true, generations: true),
        New<V1ControllerRevision>("apps", "controllerrevisions"),
        New<V1Deployment>("apps", "deployments", shortNames: ["deploy"], categories: ["all"], status: true, scale: WorkloadScale, generations: true),
        New<V1ReplicaSet>("apps", "replicasets", shortNames: ["rs"], categories: ["all"], status: true, scale: WorkloadScale, generations: true),
        Review<V1SelfSubjectReview>("authentication.k8s.io", "selfsubjectreviews"),
        Review<V1SelfSubjectAccessReview>("authorization.k8s.io", "selfsubjectaccessreviews"),
        Review<V1SubjectAccessReview>("authorization.k8s.io", "subjectaccessreviews"),
        New<V2HorizontalPodAutoscaler>("autoscaling", "horizontalpodautoscalers", shortNames: ["hpa"], categories: ["all"], status: true, storedOnly: true, version: "v2"),
        New<V1HorizontalPodAutoscaler>("autoscaling", "horizontalpodautoscalers", shortNames: ["hpa"], categories: ["all"], status: true, storedOnly: true),
        New<V1Job>("batch", "jobs", categories: ["all"], status: true, generations: true),
        New<V1Lease>("coordination.k8s.io", "leases", needsResourceVersion: true),
        New<V1EndpointSlice>("discovery.k8s.io", "endpointslices", generations: true),
        Event<Eventsv1Event>("events.k8s.io"),
        New<V1NetworkPolicy>("networking.k8s.io", "networkpolicies", shortNames: ["netpol"], storedOnly: true, generations: true),
        New<V1PodDisruptionBudget>("policy", "poddisruptionbudgets", shortNames: ["pdb"], status: true, storedOnly: true, generations: true),
        New<V1ClusterRole>("rbac.authorization.k8s.io", "clusterroles", false, storedOnly: true),
        New<V1ClusterRoleBinding>("rbac.authorization.k8s.io", "clusterrolebindings", false, storedOnly: true),
        New<V1Role>("rbac.authorization.k8s.io", "roles", storedOnly: true),
        New<V1RoleBinding>("rbac.authorization.k8s.io", "rolebindings", storedOnly: true),
        New<V1PriorityClass>("scheduling.k8s.io", "priorityclasses", false, ["pc"], storedOnly: true),
        New<V1ValidatingAdmissionPolicy>("admissionregistration.k8s.io", "validatingadmissionpolicies", false, status: true, storedOnly: true, generations: true),
        New<V1ValidatingAdmissionPolicyBinding>("admissionregistration.k8s.io", "validatingadmissionpolicybindings", false, storedOnly: true),
    ];

    private static IEnumerable<ResourceKind> Core() =>
    [
        New<V1ConfigMap>("", "configmaps", shortNames: ["cm"]),
        New<V1Endpoints>("", "endpoints", shortNames: ["ep"], singular: "endpoints"),
        Event<Corev1Event>(""),
        New<V1Namespace>("", "namespaces", false, ["ns"], status: true, deleteCollection: false, subresources: [new Subresource("finalize", "", "v1", "Namespace", ["update"])]),
        New<V1Node>("", "nodes", false, ["no"], status: true),
        New<V1Pod>("", "pods", shortNames: ["po"], categories: ["all"], status: true, generations: true, subresources: [new Subresource("log", "", "v1", "Pod", ["get"])]),
        New<V1PodTemplate>("", "podtemplates", generations: true),
        New<V1Secret>("", "secrets"),
        New<V1ServiceAccount>("", "serviceaccounts", shortNames: ["sa"]),
        New<V1Service>("", "services", shortNames: ["svc"], categories: ["all"], status: true),
    ];

    private static ResourceKind Event<T>(string group) =>
        new(group, "v1", "events", "Event", namespaced: true, () => BuiltInSchemas.Of(typeof(T)))
        {
            ShortNames = ["ev"],
            Storage = "events",
        };

    private static ResourceKind Review<T>(string group, string plural) =>
        new(group, "v1", plural, BuiltInSchemas.KindOf(typeof(T)), namespaced: false, () => BuiltInSchemas.Of(typeof(T))) { IsReview = true };

    private static ResourceKind New<T>(
        string group,
        string plural,
        bool namespaced = true,
        IReadOnlyList<string>? shortNames = null,
        IReadOnlyList<string>? categories = null,
        bool status = false,
        ScalePaths? scale = null,
        bool generations = false,
        bool needsResourceVersion = false,
        bool storedOnly = false,
        bool deleteCollection = true,
        string? singular = null,
        string version = "v1",
        IReadOnlyList<Subresource>? subresources = null)
    {
        var kind = BuiltInSchemas.KindOf(typeof(T));
        return new ResourceKind(group, version, plural, kind, namespaced, () => BuiltInSchemas.Of(typeof(T)))
        {
            Singular = singular ?? kind.ToLowerInvariant(),
            ShortNames = shortNames ?? [],
            Categories = categories ?? [],
            HasStatus = status,
            Scale = scale,
            CountsGenerations = generations,
            NeedsResourceVersion = needsResourceVersion,
            StoredOnly = storedOnly,
            AllowsDeleteCollection = deleteCollection,
            Subresources = [.. subresources ?? [], .. scale is null ? Array.Empty<Subresource>() : [new Subresource("scale", "autoscaling", "v1", "Scale", ScaleVerbs)]],
        };
    }
}
