using Microsoft.Extensions.Time.Testing;

namespace MlopsOperator.DevCluster.Tests.Faults;

public sealed class WatchFaultTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_watch_ends_after_so_many_events()
    {
        await using var cluster = await FaultyCluster.StartAsync(new FakeTimeProvider());
        cluster.Faults.On("watch", "configmaps").CloseAfter(2);
        await using var watch = await cluster.OpenAsync();
        await using var next = await cluster.OpenAsync();
        foreach (var name in new[] { "a", "b", "c" })
        {
            await cluster.PutMapAsync(name);
        }

        Name(await watch.NextAsync()).Should().Be("a");
        Name(await watch.NextAsync()).Should().Be("b");
        (await watch.NextAsync()).Should().BeNull();
        Name(await next.NextAsync()).Should().Be("a");
        Name(await next.NextAsync()).Should().Be("b");
        Name(await next.NextAsync()).Should().Be("c");
    }

    [Fact]
    public async Task A_watch_may_end_at_once()
    {
        await using var cluster = await FaultyCluster.StartAsync(new FakeTimeProvider());
        await cluster.PutMapAsync("a");
        cluster.Faults.On("watch").CloseAfter(0);

        await using var watch = await cluster.OpenAsync();

        (await watch.NextAsync()).Should().BeNull();
    }

    [Fact]
    public async Task A_watch_that_lags_shows_changes_late_and_in_order()
    {
        var clock = new FakeTimeProvider();
        await using var cluster = await FaultyCluster.StartAsync(clock);
        cluster.Faults.On("watch").Lag(TimeSpan.FromSeconds(5));
        await using var watch = await cluster.OpenAsync();
        await cluster.PutMapAsync("a");
        clock.Advance(TimeSpan.FromSeconds(2));
        await cluster.PutMapAsync("b");

        var first = watch.NextAsync();
        await cluster.SettleAsync(Cancelled);
        clock.Advance(TimeSpan.FromSeconds(2.9));
        first.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Name(await first).Should().Be("a");

        var second = watch.NextAsync();
        clock.Advance(TimeSpan.FromSeconds(1.9));
        second.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Name(await second).Should().Be("b");
    }

    [Fact]
    public async Task A_lagging_watch_from_a_revision_shows_what_happened_since_late_too()
    {
        var clock = new FakeTimeProvider();
        await using var cluster = await FaultyCluster.StartAsync(clock);
        cluster.Faults.On("watch").Lag(TimeSpan.FromSeconds(5));
        var since = (string)(await cluster.CallAsync("GET", FaultyCluster.Maps)).Body["metadata"]!["resourceVersion"]!;
        await cluster.PutMapAsync("a");

        await using var watch = await cluster.OpenAsync($"{FaultyCluster.WatchMaps}&resourceVersion={since}");
        var first = watch.NextAsync();
        clock.Advance(TimeSpan.FromSeconds(4));
        first.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));

        Name(await first).Should().Be("a");
    }

    [Fact]
    public async Task A_bookmark_never_jumps_over_changes_that_lag()
    {
        var clock = new FakeTimeProvider();
        await using var cluster = await FaultyCluster.StartAsync(clock);
        cluster.Faults.On("watch").Lag(TimeSpan.FromSeconds(30));
        await using var watch = await cluster.OpenAsync(FaultyCluster.WatchMaps + "&allowWatchBookmarks=true&timeoutSeconds=600");
        clock.Advance(TimeSpan.FromSeconds(59));
        await cluster.PutMapAsync("a");
        var first = watch.NextAsync();

        // The bookmark of the first minute is behind the change, whose time is 30 s later.
        clock.Advance(TimeSpan.FromSeconds(2));
        first.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(29));

        ((string?)(await first)!["type"]).Should().Be("ADDED");
    }

    [Fact]
    public async Task A_watch_without_bookmarks_shows_changes_only()
    {
        var clock = new FakeTimeProvider();
        await using var cluster = await FaultyCluster.StartAsync(clock);
        cluster.Faults.On("watch").NoBookmarks();
        await using var faulty = await cluster.OpenAsync(FaultyCluster.WatchMaps + "&allowWatchBookmarks=true&timeoutSeconds=600");
        await using var healthy = await cluster.OpenAsync(FaultyCluster.WatchMaps + "&allowWatchBookmarks=true&timeoutSeconds=600");
        await cluster.CallAsync("POST", "/api/v1/namespaces/default/secrets", """{"metadata":{"name":"other"}}""");
        var (shown, hidden) = (healthy.NextAsync(), faulty.NextAsync());
        clock.Advance(TimeSpan.FromSeconds(61));

        ((string?)(await shown)!["type"]).Should().Be("BOOKMARK");
        await cluster.PutMapAsync("a");
        ((string?)(await hidden)!["type"]).Should().Be("ADDED");
    }

    [Fact]
    public async Task A_silent_watch_stays_open_and_shows_nothing_and_never_ends()
    {
        var clock = new FakeTimeProvider();
        await using var cluster = await FaultyCluster.StartAsync(clock);
        cluster.Faults.On("watch").Silent(afterEvents: 1);
        await using var watch = await cluster.OpenAsync(FaultyCluster.WatchMaps + "&timeoutSeconds=60&allowWatchBookmarks=true");
        await cluster.PutMapAsync("a");
        Name(await watch.NextAsync()).Should().Be("a");

        var next = watch.NextAsync();
        await cluster.PutMapAsync("b");
        clock.Advance(TimeSpan.FromHours(2));
        await cluster.SettleAsync(Cancelled);

        next.IsCompleted.Should().BeFalse();
        await watch.DisposeAsync();
        (await next).Should().BeNull();
    }

    [Fact]
    public async Task A_watch_may_be_refused_as_too_old()
    {
        await using var cluster = await FaultyCluster.StartAsync(new FakeTimeProvider());
        cluster.Faults.On("watch").Gone();

        await using var watch = await cluster.OpenAsync();

        watch.Status.Should().Be(410);
        ((string?)(await watch.NextAsync())!["reason"]).Should().Be("Expired");
    }

    private static string? Name(System.Text.Json.Nodes.JsonObject? line) => (string?)line?["object"]?["metadata"]?["name"];
}
