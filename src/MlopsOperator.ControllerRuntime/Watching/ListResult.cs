namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>A complete list.</summary>
/// <param name="Items">The objects.</param>
/// <param name="ResourceVersion">Version of the list, from which a watch goes on.</param>
/// <param name="Unreadable">Items that were no Kubernetes objects at all.</param>
internal sealed record ListResult(IReadOnlyList<RawObject> Items, string ResourceVersion, int Unreadable);
