using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Controllers;

/// <summary>A change of an object.</summary>
/// <param name="Type">ADDED, MODIFIED or DELETED.</param>
/// <param name="Object">The object after the change; the last state of a deleted one. A private copy.</param>
internal sealed record ClusterChange(string Type, JsonObject Object);
