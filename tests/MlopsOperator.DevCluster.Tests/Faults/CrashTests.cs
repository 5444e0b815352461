using k8s;
using Microsoft.Extensions.Time.Testing;

namespace MlopsOperator.DevCluster.Tests.Faults;

public sealed class CrashTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CrashPoint.Before, false, false)]
    [InlineData(CrashPoint.After, true, true)]
    [InlineData(CrashPoint.AnswerLost, true, false)]
    public async Task A_client_dies_at_its_nth_write(CrashPoint point, bool done, bool answered)
    {
        await using var cluster = await FaultyCluster.StartAsync(new FakeTimeProvider());
        var crash = cluster.CrashAt(2, point, "operator");

        (await cluster.PutMapAsync("a")).Should().Be(201);
        await cluster.StatusAsync("GET", FaultyCluster.Maps);
        await cluster.PutMapAsync("c", client: "other");
        crash.HasHappened.Should().BeFalse();
        var second = () => cluster.PutMapAsync("b");

        if (answered)
        {
            (await second()).Should().Be(201);
        }
        else
        {
            await second.Should().ThrowAsync<ConnectionLostException>();
        }

        (await cluster.HasMapAsync("b")).Should().Be(done);
        (await crash.Happened).Should().StartWith("PATCH").And.Contain("configmaps/b of operator");
        await FluentActions.Awaiting(() => cluster.StatusAsync("GET", FaultyCluster.Maps)).Should().ThrowAsync<ConnectionLostException>();
        await FluentActions.Awaiting(() => cluster.PutMapAsync("b")).Should().ThrowAsync<ConnectionLostException>();
        (await cluster.PutMapAsync("c", "2", "other")).Should().Be(200, "only one client died");
    }

    [Fact]
    public async Task Its_watches_break_and_it_lives_again_when_it_is_revived()
    {
        await using var cluster = await FaultyCluster.StartAsync(new FakeTimeProvider());
        await using var own = await cluster.OpenAsync(client: "operator/1.0 (linux)");
        await using var other = await cluster.OpenAsync(client: "other");
        var waiting = own.NextAsync();
        cluster.CrashAt(1, CrashPoint.After, "operator");

        await cluster.PutMapAsync("a", client: "operator/1.0 (linux)");

        // What the write changed may have come before the end.
        await FluentActions.Awaiting(async () => { await waiting; await own.NextAsync(); }).Should().ThrowAsync<ConnectionLostException>();
        await FluentActions.Awaiting(() => own.NextAsync()).Should().ThrowAsync<ConnectionLostException>();
        (await other.NextAsync()).Should().NotBeNull();
        await FluentActions.Awaiting(() => cluster.OpenAsync(client: "operator")).Should().ThrowAsync<ConnectionLostException>();
        cluster.Revive("operator").Should().BeTrue();
        cluster.Revive("operator").Should().BeFalse();
        (await cluster.PutMapAsync("a", "2")).Should().Be(200);
    }

    [Fact]
    public async Task Writes_count_whatever_they_change_and_those_that_never_came_do_not()
    {
        await using var cluster = await FaultyCluster.StartAsync(new FakeTimeProvider());
        await cluster.PutMapAsync("a");
        cluster.Faults.On("patch", manager: "operator").Drop();
        cluster.Faults.On("patch", manager: "operator").Conflict();
        var crash = cluster.CrashAt(3, CrashPoint.Before, "operator");

        await FluentActions.Awaiting(() => cluster.PutMapAsync("a")).Should().ThrowAsync<ConnectionLostException>().WithMessage("*Drop()");
        (await cluster.PutMapAsync("a")).Should().Be(409, "the server has seen it");
        (await cluster.PutMapAsync("a")).Should().Be(200, "nothing changed, and it counts");
        crash.HasHappened.Should().BeFalse();
        await FluentActions.Awaiting(() => cluster.PutMapAsync("a")).Should().ThrowAsync<ConnectionLostException>();

        crash.HasHappened.Should().BeTrue();
        (cluster.CountWrites("operator"), cluster.CountWrites("other")).Should().Be((4, 0));
    }

    [Fact]
    public async Task Two_scripts_for_one_write_both_happen_and_a_read_under_way_breaks()
    {
        var clock = new FakeTimeProvider();
        await using var cluster = await FaultyCluster.StartAsync(clock);
        var (named, any) = (cluster.CrashAt(1, CrashPoint.Before, "operator"), cluster.CrashAt(1, CrashPoint.After));

        // The server waits some seconds for a revision that is still to come.
        var read = cluster.StatusAsync("GET", FaultyCluster.Maps + "?resourceVersion=100000");
        await FluentActions.Awaiting(() => cluster.PutMapAsync("a")).Should().ThrowAsync<ConnectionLostException>();
        clock.Advance(TimeSpan.FromSeconds(10));

        await FluentActions.Awaiting(() => read).Should().ThrowAsync<ConnectionLostException>().WithMessage("*before the answer came");
        (named.HasHappened, any.HasHappened).Should().Be((true, true));
    }

    [Fact]
    public async Task Without_a_name_every_client_dies()
    {
        await using var cluster = await FaultyCluster.StartAsync(new FakeTimeProvider());
        cluster.CrashAt(2, CrashPoint.AnswerLost);

        await cluster.PutMapAsync("a", client: "one");
        await FluentActions.Awaiting(() => cluster.PutMapAsync("b", client: "two")).Should().ThrowAsync<ConnectionLostException>();
        await FluentActions.Awaiting(() => cluster.PutMapAsync("a", client: "one")).Should().ThrowAsync<ConnectionLostException>();
        cluster.Revive();

        (await cluster.PutMapAsync("b", "2", "one")).Should().Be(200);
    }

    [Fact]
    public async Task A_typed_client_dies_at_every_write_in_turn()
    {
        var maps = new List<int>();
        for (var write = 1; write <= 3; write++)
        {
            await using var cluster = await FaultyCluster.StartAsync(new FakeTimeProvider());
            using var client = cluster.CreateClient("operator");
            var crash = cluster.CrashAt(write, CrashPoint.AnswerLost, "operator");
            var work = async () =>
            {
                foreach (var name in new[] { "a", "b", "c" })
                {
                    await client.CoreV1.CreateNamespacedConfigMapAsync(new() { Metadata = new() { Name = name } }, "default", cancellationToken: Cancelled);
                }
            };

            await work.Should().ThrowAsync<HttpRequestException>();
            await crash.Happened;
            using var looker = cluster.CreateClient("looker");
            maps.Add((await looker.CoreV1.ListNamespacedConfigMapAsync("default", cancellationToken: Cancelled)).Items.Count);
        }

        maps.Should().Equal(1, 2, 3);
    }

    [Fact]
    public async Task Over_the_network_a_client_dies_as_well_and_others_do_not()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(o => o.ApiOnly = true, Cancelled);
        using var client = await Connection.OpenAsync(cluster, "operator/2.0");
        using var other = await Connection.OpenAsync(cluster);
        await using var watch = client.CoreV1.WatchListNamespacedConfigMapAsync("default", cancellationToken: Cancelled).GetAsyncEnumerator(Cancelled);
        var waiting = watch.MoveNextAsync().AsTask();
        await other.CoreV1.CreateNamespacedConfigMapAsync(new() { Metadata = new() { Name = "a" } }, "default", cancellationToken: Cancelled);
        (await waiting).Should().BeTrue();
        cluster.CrashAt(1, CrashPoint.AnswerLost, "operator");

        var write = () => client.CoreV1.CreateNamespacedConfigMapAsync(new() { Metadata = new() { Name = "b" } }, "default", cancellationToken: Cancelled);

        await write.Should().ThrowAsync<HttpRequestException>();
        // The write is done, so that its event may come just before the connection breaks.
        var watchOn = async () =>
        {
            while (await watch.MoveNextAsync())
            {
            }
        };
        await watchOn.Should().ThrowAsync<IOException>();
        (await other.CoreV1.ListNamespacedConfigMapAsync("default", cancellationToken: Cancelled)).Items.Should().HaveCount(2);
    }
}
