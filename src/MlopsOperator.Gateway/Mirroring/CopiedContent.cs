using System.Net;

namespace MlopsOperator.Gateway.Mirroring;

/// <summary>The body of a copy; knows when it was sent and whether it is being sent.</summary>
internal sealed class CopiedContent(CopyBuffer body, TimeProvider time) : HttpContent
{
    private int senders;
    private long sentAt;

    /// <summary>When it had been handed over whole; 0 before.</summary>
    public long SentAt => Volatile.Read(ref sentAt);

    /// <summary>Whether somebody may still read the body. A client that gives up leaves its last write behind.</summary>
    public bool IsBeingSent => Volatile.Read(ref senders) > 0;

    /// <inheritdoc />
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc />
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref senders);
        await stream.WriteAsync(body.Written, cancellationToken);
        Volatile.Write(ref sentAt, time.GetTimestamp());

        // Only where the write came back well: of one that failed it is not known who holds the bytes.
        Interlocked.Decrement(ref senders);
    }

    /// <inheritdoc />
    protected override bool TryComputeLength(out long length)
    {
        length = body.Written.Length;
        return true;
    }
}
