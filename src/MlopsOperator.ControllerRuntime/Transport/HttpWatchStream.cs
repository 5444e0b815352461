namespace MlopsOperator.ControllerRuntime.Transport;

/// <summary>A watch over HTTP.</summary>
internal sealed class HttpWatchStream(HttpResponseMessage response, Stream body) : IWatchStream
{
    private readonly WatchLineReader _lines = new(body, Limits.WatchLineBytes);
    private bool _bodyIsRead;

    public int Status => (int)response.StatusCode;

    public async ValueTask<ReadOnlyMemory<byte>?> ReadLineAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Status == 200)
            {
                return await _lines.ReadLineAsync(cancellationToken);
            }

            if (_bodyIsRead)
            {
                return null;
            }

            _bodyIsRead = true;
            return await _lines.ReadRestAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw new TransportException("the watch was cut off", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The response first: disposing the body of a watch that goes on would wait to drain it.
        response.Dispose();
        await body.DisposeAsync();
    }
}
