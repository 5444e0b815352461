using System.Text.Json;
using k8s;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Serialization;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>An object as the server sent it, without managedFields: bytes and what identifies them. Decoded on demand, each time a fresh copy.</summary>
internal sealed class RawObject
{
    private readonly Range _resourceVersion;
    private readonly Range _status;

    private RawObject(byte[] json, ObjectKey key, string? uid, string? resourceVersion, Range resourceVersionAt, Range statusAt)
    {
        Json = json;
        Key = key;
        Uid = uid;
        ResourceVersion = resourceVersion;
        _resourceVersion = resourceVersionAt;
        _status = statusAt;
    }

    public ReadOnlyMemory<byte> Json { get; }

    public ObjectKey Key { get; }

    public string? Uid { get; }

    public string? ResourceVersion { get; }

    /// <summary>Reads the metadata of an object. Throws <see cref="JsonException"/> for what is no Kubernetes object at all.</summary>
    public static RawObject Parse(ReadOnlySpan<byte> json)
    {
        var found = RawObjectScanner.Scan(json);
        if (found.ManagedFields is { } managedFields)
        {
            var kept = new byte[json.Length - (managedFields.End.Value - managedFields.Start.Value)];
            json[..managedFields.Start].CopyTo(kept);
            json[managedFields.End..].CopyTo(kept.AsSpan(managedFields.Start.Value));
            json = kept;
            found = RawObjectScanner.Scan(json);
            return Create(kept, found);
        }

        return Create(json.ToArray(), found);
    }

    /// <summary>A fresh typed copy. Throws <see cref="JsonException"/> when the object does not fit the type.</summary>
    public T Decode<T>(ResourceType type)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var entity = KubernetesSerializer.Deserialize<T>(Json.Span);
        entity.ApiVersion = type.ApiVersion;
        entity.Kind = type.Kind;
        return entity;
    }

    /// <summary>Whether two states differ at most in resourceVersion and status (managedFields are gone already).</summary>
    public bool EqualsButForStatus(RawObject other) => WithoutStatus().AsSpan().SequenceEqual(other.WithoutStatus());

    private static RawObject Create(byte[] json, RawObjectScan found) =>
        string.IsNullOrEmpty(found.Name)
            ? throw new JsonException("found an object without metadata.name")
            : new RawObject(json, new ObjectKey(found.Namespace, found.Name), found.Uid, found.ResourceVersion, found.ResourceVersionAt, found.StatusAt);

    private byte[] WithoutStatus()
    {
        var (first, second) = _resourceVersion.Start.Value <= _status.Start.Value ? (_resourceVersion, _status) : (_status, _resourceVersion);
        var json = Json.Span;
        return [.. json[..first.Start], .. json[first.End..second.Start], .. json[second.End..]];
    }
}
