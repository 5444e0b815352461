using System.Runtime.CompilerServices;
using System.Text;

namespace MlopsOperator.DevCluster.Nodes.Logs;

/// <summary>
/// The log of one incarnation of a container: a file that is kept once more when it is full, and readers that follow it.
/// </summary>
internal sealed class ContainerLog : IDisposable
{
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly string path;
    private readonly int maxBytes;
    private readonly Dictionary<string, MemoryStream> partial = new(StringComparer.Ordinal);
    private FileStream? file;
    private long length;
    private int generation;
    private bool closed;
    private TaskCompletionSource changed = NewSignal();

    public ContainerLog(string path, TimeProvider time, int maxBytes = Limits.LogFileBytes)
    {
        this.path = path;
        this.time = time;
        this.maxBytes = maxBytes;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        file = Open();
    }

    /// <summary>Adds output of a stream (stdout, stderr). A line is written when it is complete, or too long.</summary>
    public void Append(string stream, ReadOnlySpan<byte> output)
    {
        lock (gate)
        {
            if (closed)
            {
                return;
            }

            if (!partial.TryGetValue(stream, out var buffer))
            {
                partial[stream] = buffer = new MemoryStream();
            }

            while (output.Length > 0)
            {
                var end = output.IndexOf((byte)'\n');
                var room = Limits.LogLineBytes - (int)buffer.Length;
                var take = Math.Min(end < 0 ? output.Length : end, room);
                buffer.Write(output[..take]);
                output = output[take..];
                if (end == take)
                {
                    output = output[1..];
                    WriteLine(stream, buffer, full: true);
                }
                else if (buffer.Length >= Limits.LogLineBytes)
                {
                    WriteLine(stream, buffer, full: false);
                }
            }

            file!.Flush();
            Signal();
        }
    }

    /// <summary>Nothing more comes: what is left is written, and followers end.</summary>
    public void Close()
    {
        lock (gate)
        {
            if (closed)
            {
                return;
            }

            foreach (var (stream, buffer) in partial)
            {
                if (buffer.Length > 0)
                {
                    WriteLine(stream, buffer, full: false);
                }
            }

            closed = true;
            file!.Dispose();
            file = null;
            Signal();
        }
    }

    public void Dispose()
    {
        Close();
        foreach (var buffer in partial.Values)
        {
            buffer.Dispose();
        }
    }

    /// <summary>Removes the files of a log that is closed.</summary>
    public void Delete()
    {
        Dispose();
        File.Delete(path);
        File.Delete(Older);
    }

    /// <summary>What is there, then, if asked for, what comes until the log is closed.</summary>
    public async IAsyncEnumerable<LogLine> ReadAsync(bool follow, int? tailLines, DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (lines, at, end, signal) = ReadFrom((-1, 0));
        var first = lines.Where(line => since is null || line.Time >= since).ToList();
        foreach (var line in tailLines is { } tail ? first.Skip(first.Count - tail) : first)
        {
            yield return line;
        }

        while (follow && !end)
        {
            await signal.WaitAsync(cancellationToken);
            (lines, at, end, signal) = ReadFrom(at);
            foreach (var line in lines)
            {
                yield return line;
            }
        }
    }

    /// <summary>The end of the log, as text, at most so many bytes.</summary>
    public string Tail(int maxBytesOfText)
    {
        var (lines, _, _, _) = ReadFrom((-1, 0));
        var text = string.Concat(lines.Select(line => line.Show(timestamps: false)));
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length <= maxBytesOfText ? text : Encoding.UTF8.GetString(bytes.AsSpan(bytes.Length - maxBytesOfText));
    }

    private string Older => $"{path}.1";

    private (IReadOnlyList<LogLine> Lines, (int Generation, long Offset) At, bool End, Task Signal) ReadFrom((int Generation, long Offset) at)
    {
        lock (gate)
        {
            file?.Flush();
            var lines = new List<LogLine>();
            var offset = at.Generation == generation ? at.Offset : 0;
            if (at.Generation != generation && File.Exists(Older))
            {
                Parse(lines, Older, at.Generation == generation - 1 ? at.Offset : 0);
            }

            if (File.Exists(path))
            {
                Parse(lines, path, offset);
            }

            return (lines, (generation, length), closed, changed.Task);
        }
    }

#pragma warning disable MA0045 // Local files, a few lines at a time, under the lock that rotation takes.
    private static void Parse(List<LogLine> lines, string path, long offset)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Seek(offset, SeekOrigin.Begin);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        foreach (var text in reader.ReadToEnd().Split('\n'))
        {
            if (LogLine.Parse(text) is { } line)
            {
                lines.Add(line);
            }
        }
    }

    private void WriteLine(string stream, MemoryStream buffer, bool full)
    {
        if (length >= maxBytes)
        {
            file!.Dispose();
            File.Move(path, Older, overwrite: true);
            file = Open();
            length = 0;
            generation++;
        }

        var head = Encoding.UTF8.GetBytes($"{LogLine.Stamp(time.GetUtcNow())} {stream} {(full ? "F" : "P")} ");
        file!.Write(head);
        file.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        file.WriteByte((byte)'\n');
        length += head.Length + buffer.Length + 1;
        buffer.SetLength(0);
    }

#pragma warning restore MA0045
    private FileStream Open() => new(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

    private void Signal()
    {
        var waiting = changed;
        changed = NewSignal();
        waiting.TrySetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
