using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;

namespace MlopsOperator.DevCluster.Tests.Faults;

public sealed class RestartTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_api_goes_away_and_comes_back_with_its_objects(bool compact)
    {
        var clock = new FakeTimeProvider();
        await using var cluster = await FaultyCluster.StartAsync(clock);
        var since = (string)(await cluster.CallAsync("GET", FaultyCluster.Maps)).Body["metadata"]!["resourceVersion"]!;
        await cluster.PutMapAsync("a");
        await using var watch = await cluster.OpenAsync($"{FaultyCluster.WatchMaps}&resourceVersion={since}");
        await watch.NextAsync();
        var waiting = watch.NextAsync();

        var restart = cluster.RestartAsync(TimeSpan.FromSeconds(5), compact, Cancelled);
        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<ConnectionLostException>();
        await FluentActions.Awaiting(() => cluster.PutMapAsync("b")).Should().ThrowAsync<ConnectionLostException>().WithMessage("*the API is away");
        clock.Advance(TimeSpan.FromSeconds(4.9));
        restart.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await restart;

        (await cluster.HasMapAsync("a")).Should().BeTrue();
        (await cluster.HasMapAsync("b")).Should().BeFalse();
        await using var again = await cluster.OpenAsync($"{FaultyCluster.WatchMaps}&resourceVersion={since}");
        ((string?)(await again.NextAsync())!["type"]).Should().Be(compact ? "ERROR" : "ADDED");
    }

    [Fact]
    public async Task A_request_that_was_on_its_way_breaks()
    {
        var clock = new FakeTimeProvider();
        await using var cluster = await FaultyCluster.StartAsync(clock);
        cluster.Faults.On("patch").Delay(TimeSpan.FromSeconds(9));
        var write = cluster.PutMapAsync("a");

        var restart = cluster.RestartAsync(TimeSpan.FromSeconds(5), cancellationToken: Cancelled);
        clock.Advance(TimeSpan.FromSeconds(5));
        await restart;
        clock.Advance(TimeSpan.FromSeconds(5));

        await FluentActions.Awaiting(() => write).Should().ThrowAsync<ConnectionLostException>();
        (await cluster.HasMapAsync("a")).Should().BeFalse();
    }

    [Fact]
    public async Task A_log_that_is_followed_breaks()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(o => o.Pods.Default(rule => rule.Logs("hello")), Cancelled);
        using var client = cluster.CreateClient("reader");
        await cluster.ApplyAsync("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: x}]}", Cancelled);
        await cluster.UntilAsync<V1Pod>("p", pod => pod.Status?.Phase is "Running", cancellationToken: Cancelled);
        await using var log = await client.CoreV1.ReadNamespacedPodLogAsync("p", "default", follow: true, cancellationToken: Cancelled);
        using var lines = new StreamReader(log);
        (await lines.ReadLineAsync(Cancelled)).Should().Be("hello");
        var next = lines.ReadLineAsync(Cancelled).AsTask();

        await cluster.RestartAsync(TimeSpan.FromMilliseconds(1), cancellationToken: Cancelled);

        await FluentActions.Awaiting(() => next).Should().ThrowAsync<ConnectionLostException>();
    }

    [Fact]
    public async Task The_tests_own_client_sees_what_goes_on_meanwhile()
    {
        var clock = new FakeTimeProvider();
        await using var cluster = await FaultyCluster.StartAsync(clock);
        using var client = cluster.CreateClient("operator");
        using var eye = cluster.CreateClient(meetsFaults: false);
        cluster.Faults.On("list").Always().Fail(500).MayNotHappen();
        var restart = cluster.RestartAsync(TimeSpan.FromSeconds(5), cancellationToken: Cancelled);

        await FluentActions.Awaiting(() => client.CoreV1.ListNamespaceAsync(cancellationToken: Cancelled)).Should().ThrowAsync<HttpRequestException>();
        (await eye.CoreV1.ListNamespaceAsync(cancellationToken: Cancelled)).Items.Should().NotBeEmpty();
        clock.Advance(TimeSpan.FromSeconds(5));
        await restart;
    }

    [Fact]
    public async Task It_goes_away_once_at_a_time()
    {
        var clock = new FakeTimeProvider();
        await using var cluster = await FaultyCluster.StartAsync(clock);
        var restart = cluster.RestartAsync(TimeSpan.FromSeconds(5), cancellationToken: Cancelled);

        var second = () => cluster.RestartAsync(TimeSpan.FromSeconds(1), cancellationToken: Cancelled);

        await second.Should().ThrowAsync<InvalidOperationException>().WithMessage("*away already*");
        await FluentActions.Awaiting(() => cluster.PutMapAsync("b")).Should().ThrowAsync<ConnectionLostException>();
        clock.Advance(TimeSpan.FromSeconds(5));
        await restart;
    }

    [Fact]
    public async Task Over_the_network_connections_break_and_the_same_client_goes_on_afterwards()
    {
        var clock = new FakeTimeProvider();
        await using var cluster = await FaultyCluster.StartAsync(clock);
        using var client = await Connection.OpenAsync(cluster);
        await cluster.PutMapAsync("a");
        var kubeconfig = await cluster.ListenAsync(cancellationToken: Cancelled);
        await using var watch = client.CoreV1.WatchListNamespacedConfigMapAsync("default", cancellationToken: Cancelled).GetAsyncEnumerator(Cancelled);
        (await watch.MoveNextAsync()).Should().BeTrue();
        var waiting = watch.MoveNextAsync().AsTask();
        var list = () => client.CoreV1.ListNamespacedConfigMapAsync("default", cancellationToken: Cancelled);

        var restart = cluster.RestartAsync(TimeSpan.FromSeconds(5), cancellationToken: Cancelled);

        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<IOException>();
        await list.Should().ThrowAsync<HttpRequestException>();
        restart.IsCompleted.Should().BeFalse();
        clock.Advance(TimeSpan.FromSeconds(5));
        await restart;
        (await list()).Items.Select(map => map.Name()).Should().Contain("a");
        (await cluster.ListenAsync(cancellationToken: Cancelled)).Should().Be(kubeconfig);
    }
}
