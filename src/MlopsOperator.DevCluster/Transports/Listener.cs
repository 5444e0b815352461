using Microsoft.AspNetCore.Builder;

namespace MlopsOperator.DevCluster.Transports;

/// <summary>A web server that runs, from its start to its end.</summary>
internal sealed class Listener(WebApplication application) : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();

    public WebApplication Application => application;

    /// <summary>Cancelled at its end.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>Whether its end breaks connections instead of ending answers in order.</summary>
    public bool Breaks { get; set; }

    public async ValueTask DisposeAsync()
    {
#pragma warning disable RS0030 // A web server has threads of its own.
        await stopping.CancelAsync();
#pragma warning restore RS0030
        await application.StopAsync(CancellationToken.None);
        await application.DisposeAsync();
        stopping.Dispose();
    }
}
