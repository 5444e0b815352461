using MlopsOperator.Benchmarks.Inputs;

namespace MlopsOperator.Benchmarks.Tests;

/// <summary>One world for all tests of a class: many minutes of it pass before it is settled.</summary>
public sealed class SettledDeploymentFixture : IAsyncLifetime
{
    internal SettledDeployment Settled { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Settled = await SettledDeployment.StartAsync();

    public async ValueTask DisposeAsync() => await Settled.DisposeAsync();
}
