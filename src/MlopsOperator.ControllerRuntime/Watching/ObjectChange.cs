using k8s;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>One change of a cached object. The decoded states are shared by all who look at the change: read only.</summary>
internal sealed class ObjectChange<T>(ResourceType type, RawObject? oldRaw, RawObject? newRaw, T? decodedNew, bool isFirstList = false)
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private T? _old;

    public ObjectKey Key => (newRaw ?? oldRaw)!.Key;

    /// <summary>Whether the object was there when the operator began to look: fresh changes come before it.</summary>
    public bool IsFirstList => isFirstList;

    public RawObject? OldRaw => oldRaw;

    public RawObject? NewRaw => newRaw;

    /// <summary>State before; null for a new object.</summary>
    public T? Old => oldRaw is null ? null : _old ??= oldRaw.Decode<T>(type);

    /// <summary>State after; null for a deleted object.</summary>
    public T? New => decodedNew;
}
