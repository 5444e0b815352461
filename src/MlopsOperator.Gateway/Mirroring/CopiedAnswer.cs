using Microsoft.AspNetCore.Http;
using MlopsOperator.Gateway.Comparing;

namespace MlopsOperator.Gateway.Mirroring;

/// <summary>Stable's answer on its way to the client, of which a copy is kept.</summary>
internal sealed class CopiedAnswer(Stream inner, HttpResponse response, CopyBuffer copy, TimeProvider time) : Stream
{
    /// <summary>When its last piece came; 0 before the first.</summary>
    public long LastPieceAt { get; private set; }

    /// <inheritdoc />
    public override bool CanRead => false;

    /// <inheritdoc />
    public override bool CanSeek => false;

    /// <inheritdoc />
    public override bool CanWrite => true;

    /// <inheritdoc />
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // Before the client takes it: how fast a client reads is not stable's time.
        var isFirst = LastPieceAt == 0;
        LastPieceAt = time.GetTimestamp();
        if (isFirst && AnswerBody.IsEventStream(response.ContentType))
        {
            // It is not compared, and may go on for long.
            copy.Free(isShared: false);
        }

        copy.Append(buffer.Span);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    /// <inheritdoc />
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc />
    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc />
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc />
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc />
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
