using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace MlopsOperator.Gateway.Forwarding;

/// <summary>Gives the forwarder a stream of ours to write the answer to; all else is the server's.</summary>
internal sealed class TrackedAnswerFeature(IHttpResponseBodyFeature inner, Stream stream) : IHttpResponseBodyFeature
{
    /// <inheritdoc />
    public Stream Stream => stream;

    /// <inheritdoc />
    public PipeWriter Writer => inner.Writer;

    /// <inheritdoc />
    public void DisableBuffering() => inner.DisableBuffering();

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    /// <inheritdoc />
    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        inner.SendFileAsync(path, offset, count, cancellationToken);

    /// <inheritdoc />
    public Task CompleteAsync() => inner.CompleteAsync();
}
