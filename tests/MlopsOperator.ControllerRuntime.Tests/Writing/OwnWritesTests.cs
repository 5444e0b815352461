using k8s.Models;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Serialization;
using MlopsOperator.ControllerRuntime.Tests.Testing;
using MlopsOperator.ControllerRuntime.Writing;

namespace MlopsOperator.ControllerRuntime.Tests.Writing;

public sealed class OwnWritesTests
{
    /// <summary>Proof 11.</summary>
    [Fact]
    public void A_reconciliation_waits_until_the_cache_shows_the_previous_write_and_comes_at_once_then()
    {
        using var world = WorldThatWritesOnce();
        world.Server.Collection("widgets").Lags = true;
        world.Get<ControllerRuntime.Queueing.IReconcileQueue<Widget>>().Enqueue(new ControllerRuntime.Watching.ObjectKey("default", "a"));
        world.Settle();
        world.Controller.Calls.Should().HaveCount(1);
        world.Get<ControllerRuntime.Queueing.IReconcileQueue<Widget>>().Enqueue(new ControllerRuntime.Watching.ObjectKey("default", "a"));

        world.Advance(10);
        world.Controller.Calls.Should().HaveCount(1, "the cache does not show the write");
        world.Server.CatchUp("widgets");
        world.Settle();

        world.Controller.Calls.Should().HaveCount(2);
        world.Server.Writes.Should().HaveCount(1);
    }

    /// <summary>Proof 11.</summary>
    [Fact]
    public async Task After_half_a_minute_it_reads_the_object_at_the_server()
    {
        using var world = WorldThatWritesOnce();
        world.Server.Collection("widgets").Lags = true;
        var queue = world.Get<ControllerRuntime.Queueing.IReconcileQueue<Widget>>();
        queue.Enqueue(new ControllerRuntime.Watching.ObjectKey("default", "a"));
        world.Settle();
        queue.Enqueue(new ControllerRuntime.Watching.ObjectKey("default", "a"));
        world.Advance(29.5);
        world.Controller.Calls.Should().HaveCount(1);

        world.Advance(1);

        world.Controller.Calls.Should().HaveCount(2);
        world.Server.Requests.Should().Contain(request => request.Method == "GET" && request.PathAndQuery == "/apis/test.dev/v1/namespaces/default/widgets/a");
        world.Server.Writes.Should().HaveCount(1, "what was read is newer than the cache: the status is there already");
        (await world.MetricsAsync()).Should().Contain("controller_runtime_stale_cache_reads_total{controller=\"widget\"} 1\n");
    }

    [Fact]
    public void Writes_of_other_kinds_can_be_awaited_by_the_reconciler()
    {
        using var world = new World(builder => builder.AddController<WidgetController, Widget>(watches => watches.Owns<V1ConfigMap>()));
        world.Start();
        var ownWrites = world.Get<OwnWrites>();
        ownWrites.CacheHasCaughtUp<V1ConfigMap>("default", "m").Should().BeTrue("nothing was written");
        world.Server.Collection("configmaps").Lags = true;

        world.Await(() => world.Get<IKubernetesApi>().CreateAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "m", NamespaceProperty = "default" } }, "test", CancellationToken.None));

        ownWrites.CacheHasCaughtUp<V1ConfigMap>("default", "m").Should().BeFalse();
        ownWrites.CacheHasCaughtUp<V1ConfigMap>("default", "another").Should().BeTrue();
        world.Server.CatchUp("configmaps");
        world.Settle();
        ownWrites.CacheHasCaughtUp<V1ConfigMap>("default", "m").Should().BeTrue();
    }

    [Theory]
    [InlineData("another object")]
    [InlineData("a bookmark")]
    [InlineData("its deletion")]
    public void Any_later_sign_of_the_watch_shows_that_the_cache_is_newer(string sign)
    {
        using var world = new World(builder => builder.AddController<WidgetController, Widget>(watches => watches.Owns<V1ConfigMap>()));
        world.Start();
        var map = new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "m", NamespaceProperty = "default" } };
        world.Server.Collection("configmaps").Lags = true;
        world.Await(() => world.Get<IKubernetesApi>().CreateAsync(map, "test", CancellationToken.None));
        world.Server.Collection("configmaps").Lags = false;
        world.Get<OwnWrites>().CacheHasCaughtUp<V1ConfigMap>("default", "m").Should().BeFalse();

        switch (sign)
        {
            case "another object":
                world.Server.Put(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "n", NamespaceProperty = "default" } });
                break;
            case "a bookmark":
                world.Server.Bookmark("configmaps");
                break;
            default:
                world.Server.Delete("configmaps", "m");
                break;
        }

        world.Settle();
        world.Get<OwnWrites>().CacheHasCaughtUp<V1ConfigMap>("default", "m").Should().BeTrue();
    }

    [Fact]
    public void A_write_that_changes_nothing_returns_the_old_version_and_holds_nothing_up()
    {
        using var world = new World();
        world.Server.Put(Widget.Named("a"));
        world.Start();

        world.Await(() => world.Get<IKubernetesApi>().ApplyAsync<Widget>(
            KubernetesSerializer.ToJsonObject(Widget.Named("a")), "test", dryRun: false, CancellationToken.None));

        world.Get<OwnWrites>().CacheHasCaughtUp<Widget>("default", "a").Should().BeTrue();
    }

    [Fact]
    public void Kinds_without_a_cache_are_not_awaited()
    {
        using var world = new World();
        world.Start();

        world.Await(() => world.Get<IKubernetesApi>().CreateAsync(new V1Secret { Metadata = new V1ObjectMeta { Name = "s", NamespaceProperty = "default" } }, "test", CancellationToken.None));

        world.Get<OwnWrites>().CacheHasCaughtUp<V1Secret>("default", "s").Should().BeTrue();
    }

    private static World WorldThatWritesOnce()
    {
        var world = new World();
        world.Server.Put(Widget.Named("a"));
        world.Start();
        world.Controller.Calls.Clear();
        world.Controller.OnReconcile = async (widget, cancellationToken) =>
        {
            var wanted = KubernetesSerializer.Clone(widget);
            wanted.Status = new WidgetStatus { Message = "seen" };
            await world.Get<StatusWriter>().WriteAsync(widget, wanted, "test", cancellationToken);
            return ReconciliationResult<Widget>.Success(widget);
        };
        return world;
    }
}
