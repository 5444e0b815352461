namespace MlopsOperator.ControllerRuntime.Rbac;

/// <summary>What a class needs of some kinds. It stands on the class that makes the calls: a controller, a finalizer, a part of one.</summary>
/// <param name="entities">The kinds: classes with <see cref="k8s.Models.KubernetesEntityAttribute"/>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class EntityRbacAttribute(params Type[] entities) : Attribute
{
    /// <summary>The kinds.</summary>
    public IReadOnlyList<Type> Entities => entities;

    /// <summary>What is done with them.</summary>
    public RbacVerb Verbs { get; set; }

    /// <summary>A subresource, such as status; null for the objects themselves.</summary>
    public string? Subresource { get; set; }
}
