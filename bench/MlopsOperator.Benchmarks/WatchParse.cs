using BenchmarkDotNet.Attributes;
using MlopsOperator.Benchmarks.Inputs;

namespace MlopsOperator.Benchmarks;

/// <summary>One event of a watch.</summary>
[MemoryDiagnoser]
public class WatchParse
{
    private readonly PodWatch _watch = new();

    [Benchmark]
    public ValueTask<int> Pod() => _watch.NextAsync();
}
