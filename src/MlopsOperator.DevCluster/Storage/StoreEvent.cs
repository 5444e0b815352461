namespace MlopsOperator.DevCluster.Storage;

/// <summary>A change of the store.</summary>
/// <param name="Type">ADDED, MODIFIED or DELETED.</param>
/// <param name="Object">After the change; of a deleted object its last state under the revision of its deletion.</param>
/// <param name="Previous">Before the change.</param>
internal sealed record StoreEvent(string Type, StoredObject Object, StoredObject? Previous)
{
    public const string Added = "ADDED";
    public const string Modified = "MODIFIED";
    public const string Deleted = "DELETED";
}
