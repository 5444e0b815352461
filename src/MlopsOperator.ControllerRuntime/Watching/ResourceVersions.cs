namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>Order of the resourceVersions of one kind: the longer number is the newer one, then lexically (apimachinery util/resourceversion).</summary>
public static class ResourceVersions
{
    /// <summary>Below 0, 0 or above 0 as <paramref name="left"/> is older than, equal to or newer than <paramref name="right"/>; null is oldest.</summary>
    public static int Compare(string? left, string? right)
    {
        var length = (left?.Length ?? 0).CompareTo(right?.Length ?? 0);
        return length != 0 ? length : string.CompareOrdinal(left, right);
    }

    /// <summary>Whether what was seen is not older than what is awaited.</summary>
    public static bool HasReached(string? seen, string awaited) => Compare(seen, awaited) >= 0;
}
