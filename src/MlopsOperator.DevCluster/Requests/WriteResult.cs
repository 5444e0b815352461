using System.Text.Json.Nodes;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>The object as it is after a write, or a Status when it is gone.</summary>
internal sealed record WriteResult(JsonObject Object, bool Created, bool Changed);
