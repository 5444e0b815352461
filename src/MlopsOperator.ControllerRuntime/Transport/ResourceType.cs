using System.Collections.Concurrent;
using System.Reflection;
using k8s.Models;

namespace MlopsOperator.ControllerRuntime.Transport;

/// <summary>A kind as the API server names it.</summary>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Version">Version, such as v1.</param>
/// <param name="Kind">Kind, such as Pod.</param>
/// <param name="Plural">Name in paths, such as pods.</param>
public sealed record ResourceType(string Group, string Version, string Kind, string Plural)
{
    private static readonly ConcurrentDictionary<Type, ResourceType> Known = new();

    /// <summary>Group and version as in manifests.</summary>
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The kind of a class, from its <see cref="KubernetesEntityAttribute"/>.</summary>
    public static ResourceType For<T>() => For(typeof(T));

    /// <summary>The kind of a class, from its <see cref="KubernetesEntityAttribute"/>.</summary>
    public static ResourceType For(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Known.GetOrAdd(type, Read);
    }

    /// <summary>Path of all objects, of one namespace or (null) of all, or of a cluster-scoped kind.</summary>
    public string CollectionPath(string? @namespace)
    {
        var root = Group.Length == 0 ? $"/api/{Version}" : $"/apis/{Group}/{Version}";
        return @namespace is null ? $"{root}/{Plural}" : $"{root}/namespaces/{Uri.EscapeDataString(@namespace)}/{Plural}";
    }

    /// <summary>Path of an object; the namespace is null for cluster-scoped kinds.</summary>
    public string ObjectPath(string? @namespace, string name, string? subresource = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var path = $"{CollectionPath(@namespace)}/{Uri.EscapeDataString(name)}";
        return subresource is null ? path : $"{path}/{subresource}";
    }

    private static ResourceType Read(Type type)
    {
        var attribute = type.GetCustomAttribute<KubernetesEntityAttribute>(inherit: true)
            ?? throw new ArgumentException($"{type.FullName} has no [KubernetesEntity]: add one with Group, ApiVersion, Kind and PluralName.");
        if (string.IsNullOrEmpty(attribute.PluralName))
        {
            throw new ArgumentException($"[KubernetesEntity] of {type.FullName} has no PluralName.");
        }

        return new ResourceType(attribute.Group ?? string.Empty, attribute.ApiVersion, attribute.Kind, attribute.PluralName);
    }
}
