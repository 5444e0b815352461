using System.Globalization;
using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Faults;
using MlopsOperator.DevCluster.Storage;

namespace MlopsOperator.DevCluster.Requests;

/// <summary>An open watch: one JSON value a line. Lines are made on the reader's side; the store only queues.</summary>
internal sealed class WatchStream : IConnection, IAsyncDisposable
{
    private static readonly TimeSpan BookmarkInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BookmarkBeforeEnd = TimeSpan.FromSeconds(2);

    private readonly ObjectStore store;
    private readonly KindStore kindStore;
    private readonly WatchPlan plan;
    private readonly Subscription subscription;
    private readonly Queue<ReadOnlyMemory<byte>> ready = new();
    private readonly ITimer bookmarkTimer;
    private readonly ITimer endTimer;
    private long sent;
    private long seen;
    private bool bookmarkDue;
    private bool holdsEvent;
    private bool ends;
    private int events;
    private volatile Exception? broken;

    public WatchStream(ObjectStore store, WatchPlan plan, TimeProvider time)
    {
        this.store = store;
        this.plan = plan;
        subscription = new Subscription(plan.Fault?.Lag ?? TimeSpan.Zero, time);
        lock (store.Gate)
        {
            kindStore = store.Kind(plan.Kind.Storage);
            seen = store.Revision;
            ends = plan.Fault?.CloseAfter is 0;
            Begin();
            if (!ends)
            {
                kindStore.Add(subscription);
            }
        }

        var first = plan.Timeout > BookmarkBeforeEnd ? plan.Timeout - BookmarkBeforeEnd : TimeSpan.Zero;
        bookmarkTimer = time.CreateTimer(_ => RequestBookmark(), null, plan.Bookmarks && first > BookmarkInterval ? BookmarkInterval : first, BookmarkInterval);
        endTimer = time.CreateTimer(_ => End(), null, plan.Timeout, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public bool IsStopped { get; private set; }

    private bool IsSilent => events >= plan.Fault?.SilentAfter;

    /// <summary>The next line without its end, or null when the server ends the watch.</summary>
    /// <exception cref="ConnectionLostException">The connection broke.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (broken is { } why)
            {
                throw new ConnectionLostException(why.Message, why);
            }

            if (ready.TryDequeue(out var line))
            {
                return line;
            }

            if (ends)
            {
                Stop();
                return null;
            }

            FinishEvent();
            if (!await subscription.Reader.WaitToReadAsync(cancellationToken))
            {
                if (broken is null)
                {
                    return null;
                }

                continue;
            }

            if (subscription.Reader.TryRead(out var change))
            {
                holdsEvent = true;
                Take(change);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Break(Exception why)
    {
        broken = why;
        Stop();
    }

    /// <summary>Ends the watch; may be called more than once.</summary>
    public void Stop()
    {
        IsStopped = true;
        lock (store.Gate)
        {
            kindStore.Remove(subscription);
        }

        subscription.Complete();
        bookmarkTimer.Dispose();
        endTimer.Dispose();
    }

    /// <summary>The server ends the watch, unless nothing of the server arrives any more.</summary>
    private void End()
    {
        if (plan.Fault?.SilentAfter is null)
        {
            subscription.Complete();
        }
    }

    private void Begin()
    {
        if (plan.Since is not { } since)
        {
            if (!plan.SkipsInitial)
            {
                foreach (var stored in kindStore.Objects.Values.Where(plan.Matches))
                {
                    Send(StoreEvent.Added, stored.Copy());
                }
            }

            sent = store.Revision;
            if (plan.MarksInitialEnd)
            {
                SendBookmark(initialEnd: true);
            }

            return;
        }

        sent = since;
        if (since < kindStore.Compacted)
        {
            Send("ERROR", Statuses.TooOld(since, kindStore.Compacted).ToJson(), render: false);
            ends = true;
            return;
        }

        foreach (var change in kindStore.Events.Where(e => e.Object.Revision > since))
        {
            if (plan.Fault?.Lag > TimeSpan.Zero)
            {
                subscription.Offer(change);
            }
            else
            {
                Take(change);
            }
        }
    }

    private void FinishEvent()
    {
        if (holdsEvent)
        {
            holdsEvent = false;
            subscription.Delivered();
        }
    }

    private void Take(StoreEvent? change)
    {
        if (change is null)
        {
            if (bookmarkDue)
            {
                bookmarkDue = false;
                SendBookmark(initialEnd: false);
            }

            return;
        }

        seen = Math.Max(seen, change.Object.Revision);
        var before = change.Previous is not null && plan.Matches(change.Previous);
        var after = change.Type is not StoreEvent.Deleted && plan.Matches(change.Object);
        if (after || before)
        {
            sent = change.Object.Revision;
        }

        if (after)
        {
            Send(before ? StoreEvent.Modified : StoreEvent.Added, change.Object.Copy());
        }
        else if (before)
        {
            // An object that leaves the selection is shown as it was while it was in it, under the new revision.
            var last = change.Previous!.Copy();
            last.Metadata()["resourceVersion"] = change.Object.Revision.ToString(CultureInfo.InvariantCulture);
            Send(StoreEvent.Deleted, last);
        }
    }

    private void RequestBookmark()
    {
        if (plan.Bookmarks && !bookmarkDue)
        {
            bookmarkDue = true;
            subscription.Offer(null);
        }
    }

    private void SendBookmark(bool initialEnd)
    {
        long revision;
        lock (store.Gate)
        {
            // Nothing of this kind is queued behind the newest revision, or the bookmark would jump over it.
            revision = subscription.IsEmpty ? store.Revision : seen;
        }

        if (!initialEnd && revision <= sent)
        {
            return;
        }

        sent = revision;
        var metadata = new JsonObject { ["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture) };
        if (initialEnd)
        {
            metadata["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        }

        Send("BOOKMARK", new JsonObject { ["kind"] = plan.Kind.Kind, ["apiVersion"] = plan.Kind.ApiVersion, ["metadata"] = metadata }, render: initialEnd || plan.Bookmarks);
    }

    private void Send(string type, JsonObject content, bool render = true)
    {
        if (ends || IsSilent)
        {
            return;
        }

        var item = render ? plan.Render(content) : content;
        ready.Enqueue(JsonBytes.Write(new JsonObject { ["type"] = type, ["object"] = item }));
        events += type is "BOOKMARK" or "ERROR" ? 0 : 1;
        ends = events >= plan.Fault?.CloseAfter;
    }
}
