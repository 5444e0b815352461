using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using MlopsOperator.Benchmarks;

// In this process: a process of its own would have all projects built anew, by a compiler that is started for each, which takes longer than the two minutes
// that BenchmarkDotNet allows. The counts are fixed, so that all benchmarks end within a few minutes on a machine whose other work makes each time another.
// Benchmark classes are public and not sealed, as BenchmarkDotNet derives from them.
var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(10).WithIterationCount(15);
BenchmarkSwitcher.FromAssembly(typeof(WatchParse).Assembly).Run(args, DefaultConfig.Instance.AddJob(job));
