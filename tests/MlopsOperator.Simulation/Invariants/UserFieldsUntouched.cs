using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>I31.</summary>
internal sealed class UserFieldsUntouched : IInvariant
{
    private const string Requests = "rolloutrequests.mlops-operator.io";

    private static readonly HashSet<string> Kinds = new(
        ["modeldeployments.mlops-operator.io", "modelversions.mlops-operator.io", "rolloutstrategies.mlops-operator.io", "clusterrolloutstrategies.mlops-operator.io", "clustermodelruntimes.mlops-operator.io", Requests],
        StringComparer.Ordinal);

    public string Id => "I31";

    public string Text => "The operator writes no spec, label or annotation of an object that users write";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (!Kinds.Contains(write.Resource) || !write.IsOurs())
        {
            return null;
        }

        // A request is cleared away a week after its answer.
        var cleared = write.After is null && string.Equals(write.Resource, Requests, StringComparison.Ordinal);
        if (!cleared && (write.Before is null || write.After is null))
        {
            return "the operator made it or deleted it";
        }

        if (cleared)
        {
            return write.Before.TextAt("status", "answeredAt") is null ? "a request was deleted that nobody had answered" : null;
        }

        string[][] paths = [["spec"], ["metadata", "labels"], ["metadata", "annotations"]];
        return paths.Where(path => !Fields.Same(write.Before.At(path), write.After.At(path))).Select(path => $"{string.Join('.', path)} changed").FirstOrDefault();
    }
}
