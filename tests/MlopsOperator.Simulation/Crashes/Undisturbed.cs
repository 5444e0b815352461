using MlopsOperator.Simulation.Scenarios;

namespace MlopsOperator.Simulation.Crashes;

/// <summary>The run of a scenario that nothing disturbs.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Earlier">Writes of the operator before the scenario begins to count.</param>
/// <param name="Writes">Its writes, in order.</param>
/// <param name="End">How it ends, masked.</param>
/// <param name="Took">Of the world's time.</param>
internal sealed record Undisturbed(Scenario Scenario, int Earlier, IReadOnlyList<OperatorWrite> Writes, IReadOnlyList<string> End, TimeSpan Took);
