using BenchmarkDotNet.Attributes;
using MlopsOperator.Benchmarks.Inputs;

namespace MlopsOperator.Benchmarks;

/// <summary>A list of a thousand pods that comes in anew, as after a watch that expired.</summary>
[MemoryDiagnoser]
public class StoreReplace
{
    private PodLists _lists = null!;

    [Params(0, 10)]
    public int Changed { get; set; }

    [GlobalSetup]
    public void Setup() => _lists = new PodLists(Changed);

    [Benchmark]
    public void Replace() => _lists.Replace();
}
