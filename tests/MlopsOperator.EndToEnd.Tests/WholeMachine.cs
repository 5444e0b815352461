namespace MlopsOperator.EndToEnd.Tests;

/// <summary>Tests that start the whole product share two cores: one at a time.</summary>
[CollectionDefinition(nameof(WholeMachine), DisableParallelization = true)]
public sealed class WholeMachine;
