using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Watching;

/// <summary>
/// Keeps a store equal to the server: a list, then watches from its version. Runs until cancelled, whatever happens.
/// After client-go's reflector, but for the first list: it asks for the current state, since an operator that has just
/// restarted must not decide on a state older than its predecessor's writes.
/// </summary>
internal sealed class Reflector(
    ResourceType type,
    string? @namespace,
    string? labelSelector,
    IReflectedStore store,
    IKubernetesTransport transport,
    TimeProvider time,
    IRandomSource random,
    ReflectorSettings settings,
    ILogger logger)
{
    private static readonly TimeSpan ShortWatch = TimeSpan.FromSeconds(1);

    private readonly ListPager _lists = new(transport, type, @namespace, labelSelector);
    private readonly ReflectorBackoff _backoff = new(time, random);
    private readonly RefreshRequests _refreshes = new();
    private bool _needsList = true;
    private string _listFrom = string.Empty;
    private string _version = string.Empty;
    private bool _compares;
    private long _listed;
    private TimeSpan _compareAfter;
    private long _lastProgress = time.GetTimestamp();

    /// <summary>How long ago the server last answered anything.</summary>
    public TimeSpan SinceProgress => time.GetElapsedTime(Volatile.Read(ref _lastProgress));

    public string Kind => type.Kind;

    /// <summary>
    /// Lists anew, from the current state, and completes once the store shows a list that began after this call: what a watch has shown may be
    /// minutes old. The watch goes on from there.
    /// </summary>
    public Task RefreshAsync() => _refreshes.AskAsync();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var wait = TimeSpan.Zero;
            try
            {
                wait = await ListAndWatchAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (ApiException exception)
            {
                wait = Answer(exception);
            }
#pragma warning disable CA1031 // The loop of a reflector outlives everything; a dead watch is the worst failure of an operator.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                // Refused, cut off, not answered: nothing is lost, the watch goes on from the last version.
                wait = _backoff.Next();
                Log.ReflectorFailed(logger, type.Kind, wait, exception);
            }

            if (wait > TimeSpan.Zero)
            {
                try
                {
                    await time.DelayAsync(wait, cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }
    }

    private async Task<TimeSpan> ListAndWatchAsync(CancellationToken cancellationToken)
    {
        var (refreshes, nextRefresh) = _refreshes.Take();
        if (refreshes)
        {
            ListAgain(string.Empty);
        }

        if (_needsList)
        {
            var list = await _lists.ReadAllAsync(_listFrom, cancellationToken);
            if (list.Unreadable > 0)
            {
                Log.UnreadableItems(logger, type.Kind, list.Unreadable);
            }

            if (_compares)
            {
                Compare(list);
            }

            store.Replace(list.Items, list.ResourceVersion);
            _compares = false;
            _listed = time.GetTimestamp();
            _compareAfter = settings.CompareEvery * (1 + (0.2 * random.NextDouble()));
            _version = list.ResourceVersion;
            _listFrom = list.ResourceVersion;
            _needsList = false;
            Progress();
            _refreshes.Answer();
        }

        var opened = time.GetTimestamp();
        var events = await WatchAsync(nextRefresh, cancellationToken);
        if (nextRefresh.IsCancellationRequested)
        {
            return TimeSpan.Zero;
        }

        if (time.GetElapsedTime(_listed) >= _compareAfter)
        {
            // From etcd itself: the server's own cache may be what is wrong.
            ListAgain(string.Empty);
            _compares = true;
            return TimeSpan.Zero;
        }

        return events == 0 && time.GetElapsedTime(opened) < ShortWatch ? _backoff.Next() : TimeSpan.Zero;
    }

    /// <summary>
    /// Says what a watch that seemed sound has not shown. What changed after its last version is no fault of it; a deletion bears no version, so
    /// one in the moment between the end of the watch and the list counts too.
    /// </summary>
    private void Compare(ListResult list)
    {
        var corrections = store.CountDifferences(list.Items, _version);
        if (corrections > 0)
        {
            settings.Corrected(type.Kind, corrections);
            Log.Corrected(logger, type.Kind, corrections);
        }
    }

    private async Task<int> WatchAsync(CancellationToken nextRefresh, CancellationToken cancellationToken)
    {
        var untilCompare = Math.Max(1, (int)Math.Ceiling((_compareAfter - time.GetElapsedTime(_listed)).TotalSeconds));
        var seconds = Math.Min(300 + (int)(random.NextDouble() * 300), untilCompare);
        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"{type.CollectionPath(@namespace)}?watch=true&allowWatchBookmarks=true&resourceVersion={Uri.EscapeDataString(_version)}&timeoutSeconds={seconds}");
        if (!string.IsNullOrEmpty(labelSelector))
        {
            path += $"&labelSelector={Uri.EscapeDataString(labelSelector)}";
        }

        using var silence = new CancellationTokenSource(TimeSpan.FromSeconds(seconds) + Limits.SilentWatchGrace, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token, nextRefresh);
        try
        {
            await using var stream = await transport.WatchAsync(new TransportRequest("GET", path), either.Token);
            Progress();
            return await ReadAsync(stream, either.Token);
        }
        catch (OperationCanceledException) when (nextRefresh.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Log.SilentWatch(logger, type.Kind, seconds);
            return 1;
        }
    }

    private async Task<int> ReadAsync(IWatchStream stream, CancellationToken cancellationToken)
    {
        var events = 0;
        while (await stream.ReadLineAsync(cancellationToken) is { } line)
        {
            if (stream.Status != 200)
            {
                throw StatusAnswer.ToException(stream.Status, line.Span, retryAfter: null, $"watch {type.Plural}");
            }

            if (line.Length == 0)
            {
                continue;
            }

            Take(line.Span);
            events++;
            Progress();
        }

        return stream.Status == 200
            ? events
            : throw StatusAnswer.ToException(stream.Status, [], retryAfter: null, $"watch {type.Plural}");
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        WatchEvent change;
        try
        {
            change = WatchEvent.Parse(line);
            var content = line[change.Object];
            switch (change.Type)
            {
                case "ADDED" or "MODIFIED":
                    var changed = RawObject.Parse(content);
                    store.Upsert(changed);
                    _version = changed.ResourceVersion ?? _version;
                    break;
                case "DELETED":
                    var deleted = RawObject.Parse(content);
                    store.Remove(deleted);
                    _version = deleted.ResourceVersion ?? _version;
                    break;
                case "BOOKMARK":
                    _version = RawObjectScanner.Scan(content).ResourceVersion ?? _version;
                    store.Reach(_version);
                    break;
                case "ERROR":
                    throw StatusAnswer.ToException(500, content, retryAfter: null, $"watch {type.Plural}");
                default:
                    throw new JsonException($"found a watch event of type {change.Type}");
            }
        }
        catch (JsonException exception)
        {
            // A line that cannot be read may have been any event: only a list tells what is true now.
            _needsList = true;
            throw new TransportException($"watch {type.Plural}: a line cannot be read", exception);
        }
    }

    private TimeSpan Answer(ApiException exception)
    {
        Progress();
        if (exception.IsNotFound)
        {
            // The definition of a custom kind is not installed, was removed, or is not loaded yet.
            if (store.KindIsMissing())
            {
                _refreshes.Answer();
            }

            ListAgain(string.Empty);
            var pause = _backoff.Next();
            Log.KindIsMissing(logger, type.Kind, pause);
            return pause;
        }

        if (exception.Code == 410)
        {
            ListAgain(string.Empty);
            var fresh = _backoff.IsFresh;
            var pause = _backoff.Next();
            Log.WatchExpired(logger, type.Kind);
            return fresh ? TimeSpan.Zero : pause;
        }

        var wait = _backoff.Next();
        if (exception.RetryAfter is { } asked && asked > wait)
        {
            wait = asked;
        }

        if (exception.Code != 429)
        {
            // "Too large resource version" (504) is among these: the server restarts from an older state, so no version is named.
            ListAgain(exception.Code == 504 ? string.Empty : _version);
        }

        Log.ReflectorRefused(logger, type.Kind, exception.Code, exception.Reason, wait, exception);
        return wait;
    }

    private void Progress() => Volatile.Write(ref _lastProgress, time.GetTimestamp());

    private void ListAgain(string from)
    {
        _compares = false;
        _needsList = true;
        _listFrom = from;
    }
}
