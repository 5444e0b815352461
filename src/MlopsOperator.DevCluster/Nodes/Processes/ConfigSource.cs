using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;

namespace MlopsOperator.DevCluster.Nodes.Processes;

/// <summary>Reads ConfigMaps and Secrets for variables and volumes.</summary>
internal sealed class ConfigSource(IClusterClient client)
{
    /// <summary>All entries, or null: it is optional and not there.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>?> ReadAsync(bool secret, string? space, string name, bool optional, CancellationToken cancellationToken)
    {
        var resource = secret ? ResourceId.Secrets : ResourceId.ConfigMaps;
        if (await client.GetAsync(resource, space, name, cancellationToken) is not { } item)
        {
            return optional ? null : throw new ContainerSetupException($"{resource.Kind.ToLowerInvariant()} \"{name}\" not found");
        }

        var entries = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (key, value) in item.Map("data"))
        {
            entries[key] = secret ? Convert.FromBase64String(value) : System.Text.Encoding.UTF8.GetBytes(value);
        }

        foreach (var (key, value) in item.Map("binaryData"))
        {
            entries[key] = Convert.FromBase64String(value);
        }

        return entries;
    }

    /// <summary>One entry (configMapKeyRef, secretKeyRef), or null: it is optional and not there.</summary>
    public async Task<string?> ReadKeyAsync(bool secret, string? space, JsonObject reference, CancellationToken cancellationToken)
    {
        var name = reference.Text("name") ?? "";
        var key = reference.Text("key") ?? "";
        var optional = reference.IsTrue("optional");
        var entries = await ReadAsync(secret, space, name, optional, cancellationToken);
        if (entries is null)
        {
            return null;
        }

        if (entries.TryGetValue(key, out var value))
        {
            return System.Text.Encoding.UTF8.GetString(value);
        }

        return optional ? null : throw new ContainerSetupException($"couldn't find key {key} in {(secret ? "Secret" : "ConfigMap")} {space}/{name}");
    }
}
