using System.Text;

namespace MlopsOperator.DevCluster.Nodes.Logs;

/// <summary>A log as the bytes that a reader asked for. Reading waits for more while the log is followed.</summary>
internal sealed class LogStream : Stream
{
    private readonly CancellationTokenSource closed = new();
    private readonly IAsyncEnumerator<LogLine> lines;
    private readonly bool timestamps;
    private long left;
    private bool continues;
    private bool disposed;
    private ReadOnlyMemory<byte> pending;

    public LogStream(ContainerLog log, PodLogRequest request)
    {
        timestamps = request.Timestamps;
        left = request.LimitBytes ?? long.MaxValue;
        lines = log.ReadAsync(request.Follow, request.TailLines, request.Since, closed.Token).GetAsyncEnumerator(closed.Token);
    }

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
        while (pending.Length == 0)
        {
            if (left <= 0 || !await lines.MoveNextAsync().AsTask().WaitAsync(cancellationToken))
            {
                return 0;
            }

            // The rest of a line that was too long for one piece has no time of its own.
            pending = Encoding.UTF8.GetBytes(lines.Current.Show(timestamps && !continues));
            continues = !lines.Current.IsFull;
        }

        var count = (int)Math.Min(Math.Min(buffer.Length, pending.Length), left);
        pending[..count].CopyTo(buffer);
        pending = pending[count..];
        left -= count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A log is read asynchronously: reading may wait for its container");

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !disposed)
        {
            disposed = true;
            closed.Cancel();
            closed.Dispose();
        }

        base.Dispose(disposing);
    }
}
