namespace MlopsOperator.Gateway.Forwarding;

/// <summary>A request's body that knows whether reading has begun and whether it waits for the client: then a time-out is the client's.</summary>
internal sealed class TrackedBody(Stream inner) : Stream
{
    private volatile bool started;
    private volatile bool waiting;
    private volatile bool reading;
    private TaskCompletionSource? settled;

    /// <summary>Whether anything was read, so that the request cannot be sent again.</summary>
    public bool HasStarted => started;

    /// <summary>Whether a read was begun that has not come back with data or the end.</summary>
    public bool WaitsForClient => waiting;

    /// <inheritdoc />
    public override bool CanRead => true;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => false;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>
    /// Ends when no read is under way. A forwarder that gives up leaves its cancelled read behind; the server refuses to go on with the
    /// connection, and logs an error, while one is there.
    /// </summary>
    public Task SettledAsync()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref settled, source);
        Interlocked.MemoryBarrier();
        return reading ? source.Task : Task.CompletedTask;
    }

    /// <inheritdoc />
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        started = true;
        waiting = true;
        reading = true;
        try
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            waiting = false;
            return count;
        }
        finally
        {
            reading = false;
            Volatile.Read(ref settled)?.TrySetResult();
        }
    }

    /// <inheritdoc />
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Flush()
    {
    }

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
