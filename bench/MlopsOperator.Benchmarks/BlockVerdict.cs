using BenchmarkDotNet.Attributes;
using MlopsOperator.Benchmarks.Inputs;

namespace MlopsOperator.Benchmarks;

/// <summary>One block of evidence judged.</summary>
[MemoryDiagnoser]
public class BlockVerdict
{
    private readonly JudgedBlock _errors = JudgedBlock.OfErrors();
    private readonly JudgedBlock _latency = JudgedBlock.OfLatency();

    [Benchmark]
    public object Errors() => _errors.Verdict();

    [Benchmark]
    public object Latency() => _latency.Verdict();
}
