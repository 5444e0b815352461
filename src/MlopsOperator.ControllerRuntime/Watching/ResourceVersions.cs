namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>Order of the resourceVersions of one kind: the longer number is the newer one, then lexically (apimachinery util/resourceversion).</summary>
internal static class ResourceVersions
{
    public static int Compare(string? left, string? right)
    {
        var length = (left?.Length ?? 0).CompareTo(right?.Length ?? 0);
        return length != 0 ? length : string.CompareOrdinal(left, right);
    }

    public static bool HasReached(string? seen, string awaited) => Compare(seen, awaited) >= 0;
}
