using BenchmarkDotNet.Running;
using MlopsOperator.Benchmarks;

// BenchmarkDotNet derives a class of its own from each benchmark class: that is why they are public and not sealed.
BenchmarkSwitcher.FromAssembly(typeof(WatchParse).Assembly).Run(args);
