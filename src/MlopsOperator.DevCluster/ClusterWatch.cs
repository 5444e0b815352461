using MlopsOperator.DevCluster.Requests;

namespace MlopsOperator.DevCluster;

/// <summary>An open watch: no thread stands behind it, lines are made when they are read.</summary>
public sealed class ClusterWatch : IAsyncDisposable
{
    private readonly WatchStream? watch;
    private ReadOnlyMemory<byte>? body;

    internal ClusterWatch(ApiResponse response)
    {
        Status = response.Status;
        watch = response.Watch;
        body = watch is null ? response.Body : null;
    }

    /// <summary>HTTP status; other than 200, <see cref="ReadLineAsync"/> gives the body as one line.</summary>
    public int Status { get; }

    /// <summary>The next line without its end, or null at the end of the stream.</summary>
    public ValueTask<ReadOnlyMemory<byte>?> ReadLineAsync(CancellationToken cancellationToken)
    {
        if (watch is not null)
        {
            return watch.ReadLineAsync(cancellationToken);
        }

        var line = body;
        body = null;
        return ValueTask.FromResult(line);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => watch?.DisposeAsync() ?? ValueTask.CompletedTask;
}
