namespace MlopsOperator.ControllerRuntime.Rbac;

/// <summary>What a class needs beyond kinds that have a class: resources by name, or paths of the API server that are no resources.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GenericRbacAttribute : Attribute
{
    /// <summary>API groups; "" is the core group.</summary>
    public string[] Groups { get; set; } = [];

    /// <summary>Resources in plural, a subresource after a slash.</summary>
    public string[] Resources { get; set; } = [];

    /// <summary>Paths that are no resources, such as /metrics.</summary>
    public string[] Urls { get; set; } = [];

    /// <summary>What is done with them.</summary>
    public RbacVerb Verbs { get; set; }
}
