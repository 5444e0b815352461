using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.Benchmarks.Inputs;

/// <summary>A watch that brings the same event again and again.</summary>
#pragma warning disable CA1001 // A stream in memory holds nothing that must be given back.
internal sealed class PodWatch
#pragma warning restore CA1001
{
    private readonly MemoryStream _body;
    private readonly WatchLineReader _lines;

    public PodWatch()
    {
        var line = new JsonObject { ["type"] = "MODIFIED", ["object"] = PodText.Pod(number: 1, resourceVersion: 100_001) }.ToJsonString();
        _body = new MemoryStream(Encoding.UTF8.GetBytes(line + "\n"));
        _lines = new WatchLineReader(_body, Limits.WatchLineBytes);
    }

    /// <summary>One event, from the line to what the cache keeps: what <see cref="Reflector"/> does with each. Gives how many bytes are kept.</summary>
    public async ValueTask<int> NextAsync()
    {
        _body.Position = 0;
        var line = await _lines.ReadLineAsync(CancellationToken.None) ?? throw new InvalidOperationException("The watch has ended.");
        var change = WatchEvent.Parse(line.Span);
        return RawObject.Parse(line.Span[change.Object]).Json.Length;
    }
}
