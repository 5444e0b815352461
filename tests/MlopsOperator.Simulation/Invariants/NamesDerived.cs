using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>I33, as far as there are children: a name that is not derived makes a second child where the first one is not seen yet.</summary>
internal sealed class NamesDerived : IInvariant
{
    public string Id => "I33";

    public string Text => "Names of children are derived from deployment and revision, those of rollouts from deployment and number";

    public string? Check(ClusterWrite write, StoreModel store)
    {
        if (!write.IsOurs() || write.Before is not null || write.After is null)
        {
            return null;
        }

        var labels = write.After.At("metadata", "labels");
        var name = labels.TextAt("mlops-operator.io/deployment");
        var derived = write.Resource switch
        {
            StoreModel.Rollouts => FormattableString.Invariant($"{write.After.TextAt("spec", "deployment")}-{write.After.NumberAt("spec", "number")}"),
            StoreModel.Deployments or "controllerrevisions.apps" => $"{name}-{labels.TextAt("mlops-operator.io/revision")}",
            "services" => labels.TextAt("mlops-operator.io/revision") is { } revision ? $"{name}-{revision}" : name,
            StoreModel.Routes => name,
            _ => write.Name,
        };
        return string.Equals(derived, write.Name, StringComparison.Ordinal) ? null : $"{write.Resource} {write.Name}, derived {derived}";
    }
}
