using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Storage;

/// <summary>One version of an object. Never changes.</summary>
internal sealed class StoredObject
{
    // A tree takes ten times the memory of its bytes: a version that is only remembered keeps it no longer than the collector likes.
    private JsonObject? parsed;
    private WeakReference<JsonObject>? remembered;

    public StoredObject(string key, long revision, JsonObject content)
    {
        Key = key;
        Revision = revision;
        Name = content.Text("metadata", "name") ?? "";
        Namespace = content.Text("metadata", "namespace");
        Uid = content.Text("metadata", "uid") ?? "";
        parsed = content;
        Json = JsonBytes.Write(content);
    }

    /// <summary>namespace/name, or name.</summary>
    public string Key { get; }

    public long Revision { get; }

    public ReadOnlyMemory<byte> Json { get; }

    public string Name { get; }

    public string? Namespace { get; }

    public string Uid { get; }

    /// <summary>For reading only: it is shared.</summary>
    public JsonObject Shared => Volatile.Read(ref parsed) ?? (remembered!.TryGetTarget(out var tree) ? tree : Copy());

    /// <summary>A private copy.</summary>
    public JsonObject Copy() => JsonBytes.Reread(Json);

    /// <summary>Keeps no more than the bytes from now on: there is a newer version, the object is gone, or it is hardly ever read.</summary>
    public void KeepBytesOnly()
    {
        if (parsed is { } tree)
        {
            remembered = new WeakReference<JsonObject>(tree);
            Volatile.Write(ref parsed, null);
        }
    }
}
