namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>What a reflector fills.</summary>
internal interface IReflectedStore
{
    /// <summary>Kind, for logs and probes.</summary>
    string Kind { get; }

    /// <summary>Whether the first list is complete, or the kind is optional and absent.</summary>
    bool HasSynced { get; }

    /// <summary>Completes when <see cref="HasSynced"/> becomes true.</summary>
    Task Synced { get; }

    /// <summary>Takes a whole list; what is missing in it is deleted.</summary>
    void Replace(IReadOnlyList<RawObject> items, string resourceVersion);

    /// <summary>How many objects a list shows otherwise than the store, although a watch has come to a version that is not older; extra ones in the store count.</summary>
    int CountDifferences(IReadOnlyList<RawObject> items, string watched);

    /// <summary>Takes a new or changed object.</summary>
    void Upsert(RawObject item);

    /// <summary>Takes the last state of a deleted object.</summary>
    void Remove(RawObject item);

    /// <summary>Notes how far the watch has come without an event.</summary>
    void Reach(string resourceVersion);

    /// <summary>
    /// The server does not know the kind. What is stored stays, as in client-go: a server that starts may not know a custom kind yet,
    /// and only a list may say that objects are gone.
    /// </summary>
    /// <returns>Whether that is as good as a list: the kind is optional.</returns>
    bool KindIsMissing();
}
