namespace MlopsOperator.Gateway.Tests.Fixtures;

/// <summary>Tests that no other test runs beside.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneDefinition
{
    public const string Name = "Alone";
}
