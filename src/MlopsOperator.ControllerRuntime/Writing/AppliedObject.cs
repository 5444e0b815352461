using k8s.Models;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Writing;

/// <summary>What an apply left behind, and when.</summary>
internal sealed record AppliedObject(string Hash, string? Uid, long? Generation, string? ResourceVersion, long At)
{
    public static AppliedObject From(string hash, V1ObjectMeta metadata, long at) =>
        new(hash, metadata.Uid, metadata.Generation, metadata.ResourceVersion, at);

    /// <summary>Whether the object still is as the apply left it, as far as its metadata tells.</summary>
    /// <param name="hash">Hash of the wanted content.</param>
    /// <param name="observed">Metadata of the object as the cache shows it.</param>
    /// <param name="isBehind">Whether that cache has not come to the apply yet.</param>
    public bool IsStillTrue(string hash, V1ObjectMeta observed, bool isBehind)
    {
        if (!string.Equals(Hash, hash, StringComparison.Ordinal))
        {
            return false;
        }

        // A cache that is behind says nothing against the apply, be it that it shows an object of this name that was there before. One that is not, and
        // shows an older version, is of a server whose data was restored.
        var age = ResourceVersions.Compare(observed.ResourceVersion, ResourceVersion);
        if (age < 0)
        {
            return isBehind;
        }

        // Kinds that do not count generations (Service, ConfigMap) change their resourceVersion with the content.
        return observed.DeletionTimestamp is null && string.Equals(Uid, observed.Uid, StringComparison.Ordinal)
            && (age == 0 || (Generation is not null && observed.Generation == Generation));
    }
}
