using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>Tells the operator's writes from those of users and of the cluster.</summary>
internal static class OurWrites
{
    /// <summary>What the names begin with that worlds give the processes of the operator.</summary>
    private const string InWorlds = "operator";

    /// <summary>What the product's program calls itself.</summary>
    private const string Program = "MlopsOperator.Operator";

    /// <summary>Whether the operator asked for this change of this object.</summary>
    public static bool IsOurs(this ClusterWrite write) =>
        (write.Client.StartsWith(InWorlds, StringComparison.Ordinal) || write.IsOfProgram())
        && (write.Method is "POST" || write.Path.Contains($"/{write.Name}", StringComparison.Ordinal));

    /// <summary>Whether the product's program asked for it: its processes all have one name.</summary>
    public static bool IsOfProgram(this ClusterWrite write) => string.Equals(write.Client, Program, StringComparison.Ordinal);

    /// <summary>Whether the operator wrote an object of a kind, and it is there after it.</summary>
    public static bool IsOurs(this ClusterWrite write, string resource) =>
        write.IsOurs() && string.Equals(write.Resource, resource, StringComparison.Ordinal) && write.After is not null;

    /// <summary>Whether the object is there after the write, whoever wrote it.</summary>
    public static bool Leaves(this ClusterWrite write, string resource) => string.Equals(write.Resource, resource, StringComparison.Ordinal) && write.After is not null;
}
