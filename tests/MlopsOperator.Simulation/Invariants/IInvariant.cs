using MlopsOperator.DevCluster;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>Something that holds after every write. An instance belongs to one run and may remember what it has seen.</summary>
internal interface IInvariant
{
    /// <summary>Such as <c>I1</c>; docs/reliability.md lists them.</summary>
    string Id { get; }

    /// <summary>What holds, in a sentence.</summary>
    string Text { get; }

    /// <summary>Looks at a write; says what is wrong, or null.</summary>
    /// <param name="write">The change.</param>
    /// <param name="store">All objects as they are after the change.</param>
    string? Check(ClusterWrite write, StoreModel store);
}
