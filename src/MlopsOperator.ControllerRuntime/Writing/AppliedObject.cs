using k8s.Models;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Writing;

/// <summary>What an apply left behind.</summary>
internal sealed record AppliedObject(string Hash, string? Uid, long? Generation, string? ResourceVersion)
{
    public static AppliedObject From(string hash, V1ObjectMeta metadata) =>
        new(hash, metadata.Uid, metadata.Generation, metadata.ResourceVersion);

    /// <summary>Whether the object still is as the apply left it, as far as its metadata tells.</summary>
    public bool IsStillTrue(string hash, V1ObjectMeta observed)
    {
        if (!string.Equals(Hash, hash, StringComparison.Ordinal) || observed.DeletionTimestamp is not null)
        {
            return false;
        }

        if (!string.Equals(Uid, observed.Uid, StringComparison.Ordinal))
        {
            return false;
        }

        // A cache that has not come to our apply yet says nothing against it.
        if (ResourceVersions.Compare(observed.ResourceVersion, ResourceVersion) <= 0)
        {
            return true;
        }

        // Kinds that do not count generations (Service, ConfigMap) change their resourceVersion with the content.
        return Generation is not null && observed.Generation == Generation;
    }
}
