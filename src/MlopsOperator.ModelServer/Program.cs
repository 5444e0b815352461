using Microsoft.AspNetCore.Connections;
using MlopsOperator.ModelServer;
using MlopsOperator.ModelServer.Hosting;

var options = ServerOptions.Read(Environment.GetEnvironmentVariable, out var errors);
if (errors.Count > 0)
{
    foreach (var error in errors)
    {
        await Console.Error.WriteLineAsync(error);
    }

    return ExitCodes.WrongInput;
}

await using var application = ModelServerHost.Build(options, TimeProvider.System, ConsoleLogging.Add);
try
{
    await application.StartAsync();
}
catch (IOException exception)
{
    await Console.Error.WriteLineAsync(exception.InnerException is AddressInUseException
        ? FormattableString.Invariant($"Port {options.Port} of {options.BindAddress?.ToString() ?? "this machine"} is in use. Stop what listens there, or set PORT.")
        : FormattableString.Invariant($"Cannot listen on port {options.Port} of {options.BindAddress?.ToString() ?? "this machine"}: {exception.Message}"));

    // The model may be loading already: a process that ends in the middle of it lets the native runtime complain on stderr.
    await application.StopAsync();
    return ExitCodes.CannotListen;
}

application.Logger.Listening(ModelServerHost.AddressOf(application), options.ModelPath);
await application.WaitForShutdownAsync();
return ExitCodes.Stopped;
