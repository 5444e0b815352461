using System.Text.Json.Nodes;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Serialization;
using MlopsOperator.ControllerRuntime.Tests.Testing;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;
using MlopsOperator.ControllerRuntime.Writing;

namespace MlopsOperator.ControllerRuntime.Tests.Writing;

public sealed class WriterTests
{
    /// <summary>Proof 12.</summary>
    [Fact]
    public void A_reconciler_at_rest_writes_nothing()
    {
        using var world = WorldWithChildren();
        world.Server.Put(Widget.Named("a", 3));
        world.Start();
        world.Advance(5);
        world.Server.Writes.Should().Equal(
            "PATCH /api/v1/namespaces/default/configmaps/a-child", "PUT /apis/test.dev/v1/namespaces/default/widgets/a/status");

        for (var i = 0; i < 50; i++)
        {
            world.Get<ControllerRuntime.Queueing.IReconcileQueue<Widget>>().Enqueue(new ObjectKey("default", "a"));
            world.Advance(1);
        }

        world.Controller.Calls.Count.Should().BeGreaterThan(50);
        world.Server.Writes.Should().HaveCount(2);
    }

    [Fact]
    public void A_child_is_applied_again_when_the_wanted_content_changes_or_someone_changed_or_deleted_it()
    {
        using var world = WorldWithChildren();
        world.Server.Put(Widget.Named("a", 1));
        world.Start();
        world.Advance(1);
        Applies(world).Should().Be(1);

        world.Server.Put(Widget.Named("a", 2));
        world.Advance(1);
        Applies(world).Should().Be(2, "the wanted content changed");
        world.Server.Put(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "a-child", NamespaceProperty = "default" }, Data = new Dictionary<string, string>(StringComparer.Ordinal) { ["count"] = "99" } });
        world.Advance(1);
        Applies(world).Should().Be(3, "someone changed it");
        ((string?)world.Server.Collection("configmaps").Objects[new ObjectKey("default", "a-child")]["data"]!["count"]).Should().Be("2");
        world.Server.Delete("configmaps", "a-child");
        world.Advance(1);

        Applies(world).Should().Be(4, "someone deleted it");
        world.Server.Collection("configmaps").Objects.Should().ContainKey(new ObjectKey("default", "a-child"));
    }

    [Fact]
    public void An_equal_status_is_not_written_and_a_different_one_only_at_the_version_that_was_read()
    {
        using var world = new World();
        world.Server.Put(Widget.Named("a"));
        world.Start();
        var writer = world.Get<StatusWriter>();
        var observed = world.Widgets.Get("default", "a")!;
        var wanted = KubernetesSerializer.Clone(observed);

        world.Await(() => writer.WriteAsync(observed, wanted, "test", CancellationToken.None)).Should().BeSameAs(observed);
        world.Server.Writes.Should().BeEmpty();
        wanted.Status = new WidgetStatus { Seen = 1 };
        var written = world.Await(() => writer.WriteAsync(observed, wanted, "test", CancellationToken.None));
        written.Status!.Seen.Should().Be(1);
        wanted.Status.Seen = 2;

        var late = () => world.Await(() => writer.WriteAsync(observed, wanted, "test", CancellationToken.None));
        late.Should().Throw<ApiException>().Which.IsConflict.Should().BeTrue();
    }

    /// <summary>Proof 13.</summary>
    [Fact]
    public void A_conflict_leads_to_a_fresh_decision_never_to_the_same_write_again()
    {
        using var world = new World();
        world.Controller.OnReconcile = async (widget, cancellationToken) =>
        {
            var wanted = KubernetesSerializer.Clone(widget);
            wanted.Status = new WidgetStatus { Seen = widget.Spec.Count };
            if (widget.Spec.Count == 1)
            {
                // Somebody is faster than this run.
                world.Server.Put(Widget.Named("a", 2));
            }

            await world.Get<StatusWriter>().WriteAsync(widget, wanted, "test", cancellationToken);
            return ReconciliationResult<Widget>.Success(widget);
        };
        world.Server.Put(Widget.Named("a", 1));
        world.Start();
        world.Advance(1);

        var sent = world.Server.Requests.Where(request => request.Method is "PUT").Select(request => (int)JsonNode.Parse(request.Body.Span)!["status"]!["seen"]!);
        sent.Should().Equal(1, 2);
        world.Widgets.Get("default", "a")!.Status!.Seen.Should().Be(2);
    }

    /// <summary>Proof 14.</summary>
    [Fact]
    public void A_create_whose_answer_is_lost_ends_in_one_object()
    {
        using var world = new World(watches: watches => watches.Owns<V1ConfigMap>());
        world.Controller.OnReconcile = async (widget, cancellationToken) =>
        {
            if (world.Get<IObjectCache<V1ConfigMap>>().Get("default", "derived") is null)
            {
                await world.Get<IKubernetesApi>().CreateAsync(
                    new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "derived", NamespaceProperty = "default" } }, "test", cancellationToken);
            }

            return ReconciliationResult<Widget>.Success(widget);
        };
        var lose = true;
        world.Server.After = request =>
        {
            if (request.Method is "POST" && lose)
            {
                lose = false;
                throw new TransportException("the connection broke after the server had acted");
            }

            return null;
        };
        world.Server.Collection("configmaps").Lags = true;
        world.Server.Put(Widget.Named("a"));
        world.Start();
        world.Advance(0.3);
        world.Server.CatchUp("configmaps");
        world.Advance(60);

        world.Server.Collection("configmaps").Objects.Should().ContainSingle();
        world.Controller.Calls.Count.Should().BeInRange(3, 20);
        world.Server.Writes.Last().Should().StartWith("POST");
    }

    private static int Applies(World world) => world.Server.Writes.Count(write => write.StartsWith("PATCH", StringComparison.Ordinal));

    private static World WorldWithChildren()
    {
        var world = new World(watches: watches => watches.Owns<V1ConfigMap>());
        world.Controller.OnReconcile = async (widget, cancellationToken) =>
        {
            var name = widget.Metadata.Name + "-child";
            var wanted = new V1ConfigMap
            {
                ApiVersion = "v1",
                Kind = "ConfigMap",
                Metadata = new V1ObjectMeta
                {
                    Name = name,
                    NamespaceProperty = widget.Metadata.NamespaceProperty,
                    OwnerReferences = [new V1OwnerReference { ApiVersion = "test.dev/v1", Kind = "Widget", Name = widget.Metadata.Name, Uid = widget.Metadata.Uid, Controller = true }],
                },
                Data = new Dictionary<string, string>(StringComparer.Ordinal) { ["count"] = World.Text(widget.Spec.Count) },
            };
            var observed = world.Get<IObjectCache<V1ConfigMap>>().Get(widget.Metadata.NamespaceProperty, name);
            await world.Get<ObjectApplier>().ApplyAsync(KubernetesSerializer.ToJsonObject(wanted), observed, "test", cancellationToken);
            var withStatus = KubernetesSerializer.Clone(widget);
            withStatus.Status = new WidgetStatus { Message = "applied" };
            await world.Get<StatusWriter>().WriteAsync(widget, withStatus, "test", cancellationToken);
            return ReconciliationResult<Widget>.Success(widget);
        };
        return world;
    }
}
