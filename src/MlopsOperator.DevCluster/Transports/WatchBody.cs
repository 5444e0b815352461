using MlopsOperator.DevCluster.Requests;

namespace MlopsOperator.DevCluster.Transports;

/// <summary>The lines of a watch as a body to read.</summary>
internal sealed class WatchBody(WatchStream watch) : Stream
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();
    private ReadOnlyMemory<byte> rest;
    private bool lineOpen;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (rest.IsEmpty && lineOpen)
        {
            rest = NewLine;
            lineOpen = false;
        }
        else if (rest.IsEmpty)
        {
            if (await watch.ReadLineAsync(cancellationToken) is not { } line)
            {
                return 0;
            }

            rest = line;
            lineOpen = true;
        }

        var count = Math.Min(buffer.Length, rest.Length);
        rest[..count].CopyTo(buffer);
        rest = rest[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("watches are read asynchronously");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await watch.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            watch.Stop();
        }

        base.Dispose(disposing);
    }
}
