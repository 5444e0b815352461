namespace MlopsOperator.Api;

/// <summary>Labels, annotations, names and environment variables that several programs agree on.</summary>
public static class WellKnown
{
    /// <summary>Label: name of the ModelDeployment that owns the object.</summary>
    public const string DeploymentLabel = ApiGroup.Name + "/deployment";

    /// <summary>Label: the revision that the object belongs to. EndpointSlices inherit it from their Service.</summary>
    public const string RevisionLabel = ApiGroup.Name + "/revision";

    /// <summary>Label: standard name of the program that manages an object.</summary>
    public const string ManagedByLabel = "app.kubernetes.io/managed-by";

    /// <summary>Value of <see cref="ManagedByLabel"/> on everything the operator makes.</summary>
    public const string ManagedByValue = "mlops-operator";

    /// <summary>Annotation: hash of the wanted content that our last apply wrote.</summary>
    public const string AppliedHashAnnotation = ApiGroup.Name + "/applied-hash";

    /// <summary>Name of the container that serves the model, in every runtime's template.</summary>
    public const string ServerContainer = "server";

    /// <summary>Name of the init container that fetches and verifies the artifact.</summary>
    public const string FetcherContainer = "fetch-model";

    /// <summary>Name of the volume that holds the fetched artifact.</summary>
    public const string ModelVolume = "model";

    /// <summary>Where <see cref="ModelVolume"/> is mounted.</summary>
    public const string ModelMountPath = "/mnt/models";

    /// <summary>Environment variable: <c>spec.model</c> of the ModelVersion; the name in Open Inference Protocol paths.</summary>
    public const string ModelNameVariable = "MODEL_NAME";

    /// <summary>Environment variable: <c>spec.version</c> of the ModelVersion.</summary>
    public const string ModelVersionVariable = "MODEL_VERSION";

    /// <summary>Environment variable: path of the fetched artifact.</summary>
    public const string ModelPathVariable = "MODEL_PATH";

    /// <summary>Environment variable: address that a program binds; any address when absent. DevCluster gives each pod its own.</summary>
    public const string BindAddressVariable = "BIND_ADDRESS";

    /// <summary>Environment variable of the fetcher: folder under which <c>file:</c> artifacts are resolved; <c>/</c> when absent.</summary>
    public const string FileRootVariable = "FILE_ROOT";
}
