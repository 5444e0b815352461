namespace MlopsOperator.DevCluster.Faults;

/// <summary>A log on its way to a client, whose connection may break.</summary>
internal sealed class BreakableStream(Stream source) : Stream, IConnection
{
    private readonly CancellationTokenSource breaking = new();
    private volatile Exception? broken;

    public bool IsStopped { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Break(Exception why)
    {
        if (!IsStopped)
        {
            broken = why;
            breaking.Cancel();
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, breaking.Token);
        try
        {
            either.Token.ThrowIfCancellationRequested();
            return await source.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (broken is not null)
        {
            throw new ConnectionLostException(broken.Message, broken);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => source.Read(buffer, offset, count);

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !IsStopped)
        {
            IsStopped = true;
            source.Dispose();
            breaking.Dispose();
        }

        base.Dispose(disposing);
    }
}
