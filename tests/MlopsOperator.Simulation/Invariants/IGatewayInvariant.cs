using MlopsOperator.Simulation.World;

namespace MlopsOperator.Simulation.Invariants;

/// <summary>An invariant that also holds whenever a gateway gives requests to a candidate.</summary>
internal interface IGatewayInvariant : IInvariant
{
    /// <summary>Looks at what a gateway does; says what is wrong, or null.</summary>
    /// <param name="step">What it does.</param>
    /// <param name="store">All objects as they are.</param>
    string? Check(GatewayStep step, StoreModel store);
}
