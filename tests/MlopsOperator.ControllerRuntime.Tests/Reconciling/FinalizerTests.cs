using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Queueing;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Tests.Testing;
using MlopsOperator.ControllerRuntime.Transport;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Tests.Reconciling;

public sealed class FinalizerTests
{
    private const string Ours = "test.dev/cleanup";

    [Fact]
    public void A_finalizer_is_attached_before_the_first_reconciliation()
    {
        using var world = NewWorld();
        var seen = new List<string>();
        world.Controller.OnReconcile = (widget, _) =>
        {
            seen.Add(string.Join(',', widget.Metadata.Finalizers ?? []));
            return Task.FromResult(ReconciliationResult<Widget>.Success(widget));
        };
        world.Server.Put(Widget.Named("w"));

        world.Start();
        world.Advance(1);

        seen.Should().NotBeEmpty().And.OnlyContain(finalizers => finalizers.Is(Ours));
        world.Server.Writes.Should().Equal("PATCH /apis/test.dev/v1/namespaces/default/widgets/w");
    }

    /// <summary>Proof 15.</summary>
    [Fact]
    public void A_finalizer_behind_a_foreign_one_is_processed_and_the_foreign_one_stays()
    {
        using var world = NewWorld();
        Doomed(world, "other.dev/first", Ours, "other.dev/last");

        world.Start();
        world.Advance(1);

        world.Get<Cleanup>().Calls.Should().Equal("w");
        world.Controller.Calls.Should().BeEmpty("what is being deleted is not reconciled");
        Finalizers(world).Should().Equal("other.dev/first", "other.dev/last");
        Encoding.UTF8.GetString(world.Server.Requests.Single(request => request.Method is "PATCH").Body.Span).Should().Be(
            """[{"op":"test","path":"/metadata/uid","value":"uid-1"},{"op":"test","path":"/metadata/finalizers/1","value":"test.dev/cleanup"},{"op":"remove","path":"/metadata/finalizers/1"}]""");
    }

    /// <summary>Proof 16.</summary>
    [Fact]
    public void A_finalizer_whose_object_is_gone_succeeds()
    {
        using var world = NewWorld();
        Doomed(world, Ours);
        world.Server.Before = request => request.Method is "PATCH" ? ScriptedServer.Status(404, "NotFound") : null;

        world.Start();
        world.Advance(60);

        world.Get<Cleanup>().Calls.Should().Equal("w");
        world.Logs.Lines.Should().NotContain(line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    [Fact]
    public void A_finalizer_that_fails_is_kept_and_run_again_until_it_succeeds_and_then_the_object_goes()
    {
        using var world = NewWorld();
        world.Get<Cleanup>().Failures = 3;
        Doomed(world, Ours);

        world.Start();
        Finalizers(world).Should().Equal(Ours);
        world.Advance(5);

        world.Get<Cleanup>().Calls.Should().HaveCount(4);
        world.Server.Collection("widgets").Objects.Should().BeEmpty();
        world.Controller.Calls.Should().Equal("deleted w:0");
    }

    [Fact]
    public void Another_writer_of_finalizers_is_not_overwritten()
    {
        using var world = NewWorld();
        world.Server.Put(Widget.Named("w"));
        var meddled = false;
        world.Server.Before = request =>
        {
            if (request.Method is "PATCH" && !meddled)
            {
                meddled = true;
                var other = world.Server.Collection("widgets").Objects.Values.Single().DeepClone().AsObject();
                other["metadata"]!["finalizers"] = new JsonArray("other.dev/first");
                world.Server.PutJson("widgets", other);
            }

            return null;
        };

        world.Start();
        world.Advance(5);

        Finalizers(world).Should().Equal("other.dev/first", Ours);
        world.Controller.Calls.Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("cleanup")]
    [InlineData("/cleanup")]
    [InlineData("test.dev/")]
    public void An_id_without_a_domain_is_refused(string id)
    {
        var adding = () => new World(builder => builder.AddController<WidgetController, Widget>().AddFinalizer<Cleanup, Widget>(id));

        adding.Should().Throw<ArgumentException>().WithMessage($"*\"{id}\"; expected domain/name*");
    }

    [Fact]
    public void A_deletion_that_comes_while_the_operator_runs_is_seen_whatever_the_predicate_says()
    {
        using var world = new World(builder => builder
            .AddController<WidgetController, Widget>(watches => watches.When((_, _) => false))
            .AddFinalizer<Cleanup, Widget>(Ours));
        world.Server.Put(Widget.Named("w"));
        world.Start();

        Doomed(world, Ours);
        world.Advance(1);

        world.Get<Cleanup>().Calls.Should().Equal("w");
        world.Server.Collection("widgets").Objects.Should().BeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_object_that_becomes_undecodable_and_is_deleted_is_finalized_with_its_last_good_content(bool isAtOnce)
    {
        using var world = NewWorld();
        world.Server.Put(Widget.Named("w", 1));
        world.Start();
        if (!isAtOnce)
        {
            Poison(world, isDeleted: false);
            world.Advance(1);
            world.Get<Cleanup>().Calls.Should().BeEmpty();
        }

        Poison(world, isDeleted: true);
        world.Advance(1);

        world.Get<Cleanup>().Calls.Should().Equal("w");
        world.Server.Collection("widgets").Objects.Should().BeEmpty();
    }

    [Fact]
    public void An_undecodable_object_whose_finalizer_was_taken_off_gets_it_again_and_goes_on_with_its_last_good_content()
    {
        using var world = NewWorld();
        world.Server.Put(Widget.Named("w", 1));
        world.Start();
        Poison(world, isDeleted: false, finalizers: []);
        world.Controller.Calls.Clear();

        world.Get<IReconcileQueue<Widget>>().Enqueue(new ObjectKey("default", "w"));
        world.Advance(5);

        Finalizers(world).Should().Equal(Ours);
        world.Controller.Calls.Should().Equal("w:1");
    }

    [Fact]
    public async Task A_finalizer_that_the_server_refuses_for_its_name_is_an_error_and_no_conflict()
    {
        using var world = NewWorld();
        world.Server.Before = request => request.Method is "PATCH"
            ? new TransportResponse(422, """{"kind":"Status","reason":"Invalid","message":"is invalid: metadata.finalizers","code":422,"details":{"causes":[{"field":"metadata.finalizers"}]}}"""u8.ToArray())
            : null;
        world.Server.Put(Widget.Named("w"));

        world.Start();

        (await world.MetricsAsync()).Should().Contain("controller_runtime_reconcile_errors_total{controller=\"widget\"} 1");
    }

    private static void Poison(World world, bool isDeleted, string[]? finalizers = null)
    {
        var widget = world.Server.Collection("widgets").Objects.Values.Single().DeepClone().AsObject();
        widget["spec"]!["count"] = "many";
        var metadata = widget["metadata"]!.AsObject();
        metadata["finalizers"] = new JsonArray([.. finalizers ?? [Ours]]);
        if (isDeleted)
        {
            metadata["deletionTimestamp"] = "2026-01-01T00:00:00Z";
        }

        world.Server.PutJson("widgets", widget);
    }

    private static World NewWorld() => new(builder => builder.AddController<WidgetController, Widget>().AddFinalizer<Cleanup, Widget>(Ours));

    private static void Doomed(World world, params string[] finalizers)
    {
        var widget = Widget.Named("w");
        widget.Metadata.Finalizers = finalizers;
        widget.Metadata.DeletionTimestamp = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        world.Server.Put(widget);
    }

    private static IEnumerable<string> Finalizers(World world) =>
        world.Server.Collection("widgets").Objects.Values.Single()["metadata"]!["finalizers"]!.AsArray().Select(item => (string)item!);

    private sealed class Cleanup : IEntityFinalizer<Widget>
    {
        public List<string> Calls { get; } = [];

        public int Failures { get; set; }

        public Task<ReconciliationResult<Widget>> FinalizeAsync(Widget entity, CancellationToken cancellationToken)
        {
            Calls.Add(entity.Metadata.Name);
            return Task.FromResult(Failures-- > 0
                ? ReconciliationResult<Widget>.Failure(entity, "not yet")
                : ReconciliationResult<Widget>.Success(entity));
        }
    }
}
