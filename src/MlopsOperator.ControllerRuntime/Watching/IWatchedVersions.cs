namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>How far a cache has come.</summary>
internal interface IWatchedVersions
{
    /// <summary>Whether the cache shows the object at this resourceVersion or later.</summary>
    bool HasReached(ObjectKey key, string resourceVersion);
}
