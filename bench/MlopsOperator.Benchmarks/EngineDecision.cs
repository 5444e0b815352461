using BenchmarkDotNet.Attributes;
using MlopsOperator.Benchmarks.Inputs;

namespace MlopsOperator.Benchmarks;

/// <summary>One decision about a canary, with a round of evidence.</summary>
[MemoryDiagnoser]
public class EngineDecision
{
    private readonly CanaryRound _round = new();

    [Benchmark]
    public object Canary() => _round.Decide();
}
