using System.Runtime.InteropServices;
using MlopsOperator.Fetcher.Commands;

using var stopping = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

var command = new FetchCommand(FetcherEnvironment.FromProcess(), Console.Out, Console.Error);
return await command.RunAsync(args, stopping.Token);

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
#pragma warning disable MA0045 // A signal handler cannot be awaited.
    stopping.Cancel();
#pragma warning restore MA0045
}
