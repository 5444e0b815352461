using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Storage;

/// <summary>One version of an object. Never changes.</summary>
internal sealed class StoredObject
{
    private readonly JsonObject parsed;

    public StoredObject(string key, long revision, JsonObject content)
    {
        Key = key;
        Revision = revision;
        parsed = content;
        Json = JsonBytes.Write(content);
    }

    /// <summary>namespace/name, or name.</summary>
    public string Key { get; }

    public long Revision { get; }

    public ReadOnlyMemory<byte> Json { get; }

    public string Name => parsed.Text("metadata", "name") ?? "";

    public string? Namespace => parsed.Text("metadata", "namespace");

    public string Uid => parsed.Text("metadata", "uid") ?? "";

    /// <summary>For reading only: it is shared.</summary>
    public JsonObject Shared => parsed;

    /// <summary>A private copy.</summary>
    public JsonObject Copy() => JsonBytes.ParseObject(Json);
}
