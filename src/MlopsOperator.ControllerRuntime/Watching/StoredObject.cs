namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>The newest state of an object and the newest one that could be decoded, mostly the same.</summary>
internal sealed record StoredObject(RawObject Newest, RawObject? Good);
