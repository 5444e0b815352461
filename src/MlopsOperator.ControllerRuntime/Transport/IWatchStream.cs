namespace MlopsOperator.ControllerRuntime.Transport;

/// <summary>An open watch.</summary>
public interface IWatchStream : IAsyncDisposable
{
    /// <summary>HTTP status; other than 200, <see cref="ReadLineAsync"/> gives the body as one line.</summary>
    int Status { get; }

    /// <summary>The next line without its end, or null at the end of the stream. The memory is valid until the next call.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadLineAsync(CancellationToken cancellationToken);
}
