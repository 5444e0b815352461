using System.Globalization;
using MlopsOperator.Gateway.Benchmarks;

// The parts are processes of their own, so that the processor time of a proxy is its own.
return args switch
{
    ["backend"] => await Servers.RunAsync(Servers.Backend()),
    ["yarp", var backend] => await Servers.RunAsync(Servers.PlainYarp(backend)),
    ["gateway", var backend] => await Servers.RunAsync(Servers.Gateway(backend)),
    [] => await Comparison.RunAsync(rounds: 3, TimeSpan.FromSeconds(4)),
    [var rounds, var seconds] => await Comparison.RunAsync(int.Parse(rounds, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))),
    _ => 2,
};
