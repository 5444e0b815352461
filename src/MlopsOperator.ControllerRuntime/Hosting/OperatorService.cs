using Microsoft.Extensions.Hosting;

namespace MlopsOperator.ControllerRuntime.Hosting;

/// <summary>Runs the operator with the host; a fault stops the host, and <see cref="OperatorRuntime.Fault"/> tells the program.</summary>
internal sealed class OperatorService(OperatorRuntime runtime) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => runtime.RunAsync(stoppingToken);
}
