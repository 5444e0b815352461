using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.Scale.Cluster;

/// <summary>All objects of a kind as a watch tells them, with the number of changes and the time when each was first seen.</summary>
internal sealed class Collection : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, JsonNode> _objects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _firstSeen = new(StringComparer.Ordinal);
    private readonly ScaleApi _api;
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly Func<JsonNode, CancellationToken, Task>? _onChange;
    private long _changes;
    private Task _following = Task.CompletedTask;

    private Collection(ScaleApi api, string path, TimeProvider time, Func<JsonNode, CancellationToken, Task>? onChange) =>
        (_api, _path, _time, _onChange) = (api, path, time, onChange);

    /// <summary>The plural, such as pods.</summary>
    public string Name => _path[(_path.LastIndexOf('/') + 1)..];

    /// <summary>Events of the watch since it began.</summary>
    public long Changes => Volatile.Read(ref _changes);

    /// <summary>The objects by namespace/name.</summary>
    public IReadOnlyDictionary<string, JsonNode> Objects => _objects;

    /// <summary>Timestamps of the first event about each object.</summary>
    public IReadOnlyDictionary<string, long> FirstSeen => _firstSeen;

    /// <summary>What broke the watch, if anything did.</summary>
    public Exception? Failure => _following.Exception?.InnerException;

    /// <summary>Lists, then follows. <paramref name="onChange"/> is awaited for each object that was added or modified.</summary>
    public static async Task<Collection> FollowAsync(ScaleApi api, string path, TimeProvider time, CancellationToken cancellationToken, Func<JsonNode, CancellationToken, Task>? onChange = null)
    {
        var collection = new Collection(api, path, time, onChange);
        var version = await collection.ListAsync(cancellationToken);
        collection._following = collection.WatchAsync(version, collection._stop.Token);
        return collection;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _following;
        }
        catch (OperationCanceledException)
        {
        }

        _stop.Dispose();
    }

    private static string Key(JsonNode item) => $"{(string?)item["metadata"]!["namespace"]}/{(string?)item["metadata"]!["name"]}";

    private async Task<string> ListAsync(CancellationToken cancellationToken)
    {
        var list = await _api.GetAsync(_path, cancellationToken);
        foreach (var item in list["items"]!.AsArray())
        {
            _objects[Key(item!)] = item!;
            if (_onChange is not null)
            {
                await _onChange(item!, cancellationToken);
            }
        }

        return (string)list["metadata"]!["resourceVersion"]!;
    }

    private async Task WatchAsync(string version, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await using var stream = await _api.Transport.WatchAsync(new TransportRequest("GET", $"{_path}?watch=true&allowWatchBookmarks=true&resourceVersion={version}&timeoutSeconds=3000"), cancellationToken);
            while (await stream.ReadLineAsync(cancellationToken) is { } line)
            {
                var change = JsonNode.Parse(line.Span)!;
                var item = change["object"]!;
                var type = (string?)change["type"];
                if (type is not ("ADDED" or "MODIFIED" or "DELETED" or "BOOKMARK"))
                {
                    throw new InvalidOperationException($"watch of {_path}: {change.ToJsonString()}");
                }

                version = (string)item["metadata"]!["resourceVersion"]!;
                if (type is not "BOOKMARK")
                {
                    await TakeAsync(type, item, cancellationToken);
                }
            }
        }
    }

    private async Task TakeAsync(string type, JsonNode item, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _changes);
        _firstSeen.TryAdd(Key(item), _time.GetTimestamp());
        if (type is "DELETED")
        {
            _objects.TryRemove(Key(item), out _);
            return;
        }

        _objects[Key(item)] = item;
        if (_onChange is not null)
        {
            await _onChange(item, cancellationToken);
        }
    }
}
