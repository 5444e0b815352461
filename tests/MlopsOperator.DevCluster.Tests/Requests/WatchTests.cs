using Microsoft.Extensions.Time.Testing;

namespace MlopsOperator.DevCluster.Tests.Requests;

public sealed class WatchTests
{
    private const string Maps = "/api/v1/namespaces/default/configmaps";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_watch_is_open_before_its_first_line()
    {
        await using var cluster = await StartAsync();

        await using var watch = await cluster.WatchAsync(Maps + "?watch=true", cancellationToken: Cancelled);
        var line = watch.NextAsync();

        watch.Status.Should().Be(200);
        line.IsCompleted.Should().BeFalse();
        await CreateAsync(cluster, "a");
        ((string?)(await line)!["type"]).Should().Be("ADDED");
    }

    [Fact]
    public async Task A_watch_from_a_past_revision_replays_what_came_after()
    {
        await using var cluster = await StartAsync();
        var first = await CreateAsync(cluster, "a");
        await CreateAsync(cluster, "b");
        await cluster.CallAsync("DELETE", Maps + "/a");

        await using var watch = await cluster.WatchAsync($"{Maps}?watch=true&resourceVersion={first}", cancellationToken: Cancelled);
        var events = new[] { await watch.NextAsync(), await watch.NextAsync() };

        events.Select(e => ((string?)e!["type"], (string?)e["object"]!["metadata"]!["name"])).Should().Equal(("ADDED", "b"), ("DELETED", "a"));
    }

    [Fact]
    public async Task A_watch_from_before_what_is_kept_ends_with_410()
    {
        await using var cluster = await StartAsync(o => o.EventsKept = 3);
        var first = await CreateAsync(cluster, "a");
        for (var i = 0; i < 5; i++)
        {
            await CreateAsync(cluster, FormattableString.Invariant($"b{i}"));
        }

        await using var watch = await cluster.WatchAsync($"{Maps}?watch=true&resourceVersion={first}", cancellationToken: Cancelled);
        var error = await watch.NextAsync();

        ((string?)error!["type"]).Should().Be("ERROR");
        ((int?)error["object"]!["code"]).Should().Be(410);
        (await watch.NextAsync()).Should().BeNull();
    }

    [Fact]
    public async Task Compaction_makes_old_watches_too_old()
    {
        await using var cluster = await StartAsync();
        var first = await CreateAsync(cluster, "a");
        await CreateAsync(cluster, "b");
        cluster.Compact();

        await using var watch = await cluster.WatchAsync($"{Maps}?watch=true&resourceVersion={first}", cancellationToken: Cancelled);

        ((string?)(await watch.NextAsync())!["object"]!["reason"]).Should().Be("Expired");
    }

    [Fact]
    public async Task A_quiet_watch_gets_a_bookmark_each_minute_and_ends_in_time()
    {
        var clock = new FakeTimeProvider();
        await using var cluster = await StartAsync(o => o.Time = clock);
        var revision = await CreateAsync(cluster, "a");
        await using var watch = await cluster.WatchAsync($"{Maps}?watch=true&allowWatchBookmarks=true&timeoutSeconds=300&resourceVersion={revision}", cancellationToken: Cancelled);
        var newer = await cluster.CallAsync("POST", "/api/v1/namespaces/default/secrets", """{"metadata":{"name":"other"}}""");

        var line = watch.NextAsync();
        clock.Advance(TimeSpan.FromSeconds(59));
        line.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));
        var bookmark = await line;
        clock.Advance(TimeSpan.FromSeconds(240));

        ((string?)bookmark!["type"]).Should().Be("BOOKMARK");
        ((string?)bookmark["object"]!["metadata"]!["resourceVersion"]).Should().Be((string?)newer.Body["metadata"]!["resourceVersion"]);
        (await watch.NextAsync()).Should().BeNull();
    }

    [Fact]
    public async Task Settling_waits_until_a_watcher_has_taken_what_was_written()
    {
        await using var cluster = await StartAsync();
        await using var watch = await cluster.WatchAsync(Maps + "?watch=true", cancellationToken: Cancelled);
        await CreateAsync(cluster, "a");

        var settled = cluster.SettleAsync(Cancelled);
        settled.IsCompleted.Should().BeFalse();
        await watch.NextAsync();
        var pending = watch.NextAsync();
        await settled;

        pending.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task A_refused_watch_gives_its_status_as_a_line()
    {
        await using var cluster = await StartAsync();

        await using var watch = await cluster.WatchAsync(Maps + "?watch=true&labelSelector=%2B", cancellationToken: Cancelled);

        watch.Status.Should().Be(400);
        ((string?)(await watch.NextAsync())!["reason"]).Should().Be("BadRequest");
        (await watch.NextAsync()).Should().BeNull();
    }

    private static Task<EmbeddedCluster> StartAsync(Action<ClusterOptions>? configure = null) => EmbeddedCluster.StartAsync(
        options =>
        {
            options.ApiOnly = true;
            configure?.Invoke(options);
        },
        Cancelled);

    private static async Task<string> CreateAsync(EmbeddedCluster cluster, string name)
    {
        var (status, body) = await cluster.CallAsync("POST", Maps, $$$"""{"metadata":{"name":"{{{name}}}"}}""");
        status.Should().Be(201);
        return (string)body["metadata"]!["resourceVersion"]!;
    }
}
