using MlopsOperator.Api;
using MlopsOperator.Gateway.Hosting;
using MlopsOperator.Gateway.Watching;

var command = GatewayCommand.Create(
    Environment.GetEnvironmentVariable(WellKnown.BindAddressVariable),
    (options, cancellationToken) => GatewayCommand.RunAsync(options, ClusterRoutes.Add, Console.Error, cancellationToken));

// The gateway handles signals itself: it drains.
return await command.Parse(args).InvokeAsync(new System.CommandLine.InvocationConfiguration { ProcessTerminationTimeout = null });
