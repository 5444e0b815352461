namespace MlopsOperator.Api;

/// <summary>Group, version and category that all custom resources of this operator share.</summary>
public static class ApiGroup
{
    /// <summary>The API group.</summary>
    public const string Name = "mlops-operator.io";

    /// <summary>The one served version.</summary>
    public const string Version = "v1alpha1";

    /// <summary>Group and version as <c>apiVersion</c> of manifests.</summary>
    public const string GroupVersion = Name + "/" + Version;

    /// <summary>Category that lists all kinds: <c>kubectl get mlops</c>.</summary>
    public const string Category = "mlops";
}
