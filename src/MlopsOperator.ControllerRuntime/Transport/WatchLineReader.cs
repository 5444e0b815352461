using System.Globalization;

namespace MlopsOperator.ControllerRuntime.Transport;

/// <summary>Splits a stream into lines of bytes, without copying a line that arrived whole.</summary>
internal sealed class WatchLineReader(Stream stream, int longestLine)
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>The next line without its end, or null at the end of the stream; valid until the next call. A last line without an end counts.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var searched = _start;
        while (true)
        {
            var at = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + at - _start);
                _start = searched + at + 1;
                return line.Length > 0 && line.Span[^1] == '\r' ? line[..^1] : line;
            }

            if (_ended)
            {
                return TakeRest();
            }

            searched = _end - Shift();
            await FillAsync(cancellationToken);
        }
    }

    /// <summary>All that is left, or null for nothing.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadRestAsync(CancellationToken cancellationToken)
    {
        while (!_ended)
        {
            Shift();
            await FillAsync(cancellationToken);
        }

        return TakeRest();
    }

    private ReadOnlyMemory<byte>? TakeRest()
    {
        if (_start == _end)
        {
            return null;
        }

        var rest = _buffer.AsMemory(_start, _end - _start);
        _start = _end;
        return rest;
    }

    /// <summary>Moves what is unread to the front; gives by how much.</summary>
    private int Shift()
    {
        var moved = _start;
        if (moved > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= moved;
            _start = 0;
        }

        return moved;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= longestLine)
            {
                throw new TransportException(string.Create(CultureInfo.InvariantCulture, $"a line of a watch is longer than {longestLine} bytes"));
            }

            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, longestLine));
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        _ended = read == 0;
    }
}
