using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MlopsOperator.Gateway.Hosting;

/// <summary>
/// Stops the gateway so that nobody notices. The host's console lifetime stops the server as soon as a signal comes, whatever other handlers
/// say, while endpoints still lead here: it is replaced. SIGTERM: not ready, serve on for the drain delay, then stop. SIGINT: no delay.
/// </summary>
internal sealed class GatewayLifetime(IHostApplicationLifetime application, DrainState drain, GatewayOptions options, TimeProvider time, ILogger<GatewayLifetime> logger) : IHostLifetime, IDisposable
{
    private readonly CancellationTokenSource hurry = new();
    private readonly List<PosixSignalRegistration> registrations = [];
    private Task draining = Task.CompletedTask;

    /// <inheritdoc />
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Signalled(context, options.DrainDelay)));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Signalled(context, TimeSpan.Zero)));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => Signalled(context, TimeSpan.Zero)));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins to drain. A second call without delay ends the delay of the first.</summary>
    public void Drain(TimeSpan delay)
    {
        lock (registrations)
        {
            if (delay <= TimeSpan.Zero)
            {
                hurry.Cancel();
            }

            if (!drain.IsDraining)
            {
                drain.Begin();
                logger.Draining(delay, options.DrainTimeout);
                draining = StopAfterAsync(delay);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var registration in registrations)
        {
            registration.Dispose();
        }

        hurry.Dispose();
    }

    private void Signalled(PosixSignalContext context, TimeSpan delay)
    {
        // Without this the process ends at once.
        context.Cancel = true;
        Drain(delay);
    }

    private async Task StopAfterAsync(TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, time, hurry.Token);
        }
        catch (OperationCanceledException)
        {
            // Someone is in a hurry.
        }

        application.StopApplication();
    }
}
