using System.Runtime.InteropServices;
using MlopsOperator.ModelServer.Health;

namespace MlopsOperator.ModelServer.Hosting;

/// <summary>
/// Ends the server gracefully. SIGTERM: not ready at once, but still answering while gateways learn of it, then the listener closes and what is in flight is finished.
/// SIGINT, or a second SIGTERM: without that time. The host's own lifetime would close the listener with the signal.
/// </summary>
internal sealed class DrainingLifetime(ServerOptions options, ServerHealth health, IHostApplicationLifetime application, TimeProvider time, ILogger<DrainingLifetime> logger) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> registrations = [];
    private ITimer? drain;

    /// <inheritdoc />
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, options.DrainTime)));
        registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, TimeSpan.Zero)));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins the end.</summary>
    /// <param name="after">Time until the listener closes.</param>
    public void Stop(TimeSpan after)
    {
        if (health.IsStopping || after == TimeSpan.Zero)
        {
            health.BeginStopping();
            application.StopApplication();
            return;
        }

        health.BeginStopping();
        logger.Draining(after.TotalSeconds);
        drain = time.CreateTimer(_ => application.StopApplication(), null, after, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        drain?.Dispose();
    }

    private void Stop(PosixSignalContext signal, TimeSpan after)
    {
        signal.Cancel = true;
        Stop(after);
    }
}
