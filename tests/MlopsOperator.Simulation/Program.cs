using MlopsOperator.Simulation;

return await CommandLine.RunAsync(args);
