using System.Text;
using System.Threading.Channels;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Tests.Testing;

/// <summary>A watch whose lines the test or the scripted server writes.</summary>
internal sealed class ScriptedWatch(TransportRequest request, int status = 200) : IWatchStream
{
    private readonly Channel<byte[]> _lines = Channel.CreateUnbounded<byte[]>();

    public TransportRequest Request => request;

    public int Status => status;

    public bool IsOpen { get; private set; } = true;

    public void Send(string line) => _lines.Writer.TryWrite(Encoding.UTF8.GetBytes(line));

    public static ScriptedWatch Refused(TransportRequest request, TransportResponse answer)
    {
        var watch = new ScriptedWatch(request, answer.Status);
        watch._lines.Writer.TryWrite(answer.Body.ToArray());
        watch.End();
        return watch;
    }

    /// <summary>As the server's timeoutSeconds does.</summary>
    public void End() => Close(null);

    public void Cut() => Close(new TransportException("the watch was cut off"));

    public async ValueTask<ReadOnlyMemory<byte>?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (await _lines.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_lines.Reader.TryRead(out var line))
            {
                return line;
            }
        }

        return null;
    }

    public ValueTask DisposeAsync()
    {
        IsOpen = false;
        return ValueTask.CompletedTask;
    }

    private void Close(Exception? error)
    {
        IsOpen = false;
        _lines.Writer.TryComplete(error);
    }
}
