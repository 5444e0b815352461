namespace MlopsOperator.Simulation.Invariants;

/// <summary>A run broke an invariant.</summary>
internal sealed class InvariantViolatedException(IReadOnlyList<Violation> violations) : Exception(string.Join("\n\n", violations.Take(3)))
{
    public IReadOnlyList<Violation> Violations { get; } = violations;
}
