using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster;

/// <summary>One change of one stored object, and the request that made it.</summary>
/// <param name="Revision">The resourceVersion that the change took.</param>
/// <param name="Resource">Plural and group, such as <c>deployments.apps</c> or <c>pods</c>.</param>
/// <param name="Namespace">Of the object; null for cluster-scoped kinds.</param>
/// <param name="Name">Of the object.</param>
/// <param name="Client">User-Agent of the client, up to its first slash.</param>
/// <param name="Manager">Field manager of the write; the client's name where none was given.</param>
/// <param name="Method">POST, PUT, PATCH or DELETE.</param>
/// <param name="Path">Path of the request: another object's where this change followed from it (a namespace's content, a definition's objects).</param>
/// <param name="Body">Body of the request.</param>
/// <param name="Before">The object before the change; null if it is new. For reading only.</param>
/// <param name="After">The object after the change; null if it is gone. For reading only.</param>
public sealed record ClusterWrite(
    long Revision,
    string Resource,
    string? Namespace,
    string Name,
    string Client,
    string Manager,
    string Method,
    string Path,
    ReadOnlyMemory<byte> Body,
    JsonObject? Before,
    JsonObject? After);
