using System.Text.Json.Nodes;
using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>I35.</summary>
internal sealed class DeletesByUid : IInvariant
{
    public string Id => "I35";

    public string Text => "The operator's deletions name the UID of what they mean";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (!write.IsOurs() || write.Method is not "DELETE")
        {
            return null;
        }

        var named = write.Body.IsEmpty ? null : JsonNode.Parse(write.Body.Span).TextAt("preconditions", "uid");
        return named is not null && string.Equals(named, write.Before.TextAt("metadata", "uid"), StringComparison.Ordinal) ? null : $"precondition {named ?? "none"}, UID {write.Before.TextAt("metadata", "uid")}";
    }
}
