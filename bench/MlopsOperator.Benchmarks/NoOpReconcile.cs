using BenchmarkDotNet.Attributes;
using MlopsOperator.Benchmarks.Inputs;

namespace MlopsOperator.Benchmarks;

/// <summary>One run of each controller for a deployment that needs nothing.</summary>
[MemoryDiagnoser]
public class NoOpReconcile
{
    private SettledDeployment _settled = null!;

    [GlobalSetup]
    public async Task Setup() => _settled = await SettledDeployment.StartAsync();

    [GlobalCleanup]
    public async Task Cleanup() => await _settled.DisposeAsync();

    [Benchmark]
    public Task Rollout() => _settled.ReconcileRolloutAsync();

    [Benchmark]
    public Task Deployment() => _settled.ReconcileDeploymentAsync();
}
