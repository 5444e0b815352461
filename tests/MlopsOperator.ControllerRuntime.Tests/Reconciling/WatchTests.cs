using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MlopsOperator.ControllerRuntime.Queueing;
using MlopsOperator.ControllerRuntime.Tests.Testing;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Tests.Reconciling;

public sealed class WatchTests
{
    [Fact]
    public void By_default_changes_of_status_alone_do_not_count_and_all_others_do()
    {
        using var world = new World();
        var widget = Widget.Named("a");
        world.Server.Put(widget);
        world.Start();
        world.Controller.Calls.Clear();

        widget.Status = new WidgetStatus { Message = "written by the controller itself" };
        world.Server.Put(widget);
        world.Settle();
        world.Controller.Calls.Should().BeEmpty();
        widget.Metadata.Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["l"] = "1" };
        world.Server.Put(widget);
        world.Settle();
        world.Controller.Calls.Should().HaveCount(1);
        widget.Metadata.Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "1" };
        world.Server.Put(widget);
        world.Settle();
        world.Controller.Calls.Should().HaveCount(2);
        widget.Spec.Count = 2;
        world.Server.Put(widget);
        world.Settle();

        world.Controller.Calls.Should().HaveCount(3);
        world.Widgets.Get("default", "a")!.Status!.Message.Should().NotBeNull("the cache shows every change");
    }

    [Fact]
    public void A_predicate_decides_which_updates_count_while_new_and_deleted_objects_always_do()
    {
        using var world = new World(watches: watches => watches.When((before, after) => before.Spec.Count % 2 != after.Spec.Count % 2));
        world.Server.Put(Widget.Named("a", 0));
        world.Start();

        world.Server.Put(Widget.Named("a", 2));
        world.Settle();
        world.Server.Put(Widget.Named("a", 3));
        world.Settle();
        world.Server.Delete("widgets", "a");
        world.Settle();

        world.Controller.Calls.Should().Equal("a:0", "a:3", "deleted a:3");
    }

    [Fact]
    public void A_predicate_that_throws_lets_the_change_count_and_the_watch_go_on()
    {
        using var world = new World(watches: watches => watches.When((_, _) => throw new InvalidOperationException("a bug")));
        world.Server.Put(Widget.Named("a", 0));
        world.Start();

        world.Server.Put(Widget.Named("a", 1));
        world.Settle();

        world.Controller.Calls.Should().Equal("a:0", "a:1");
        world.Server.Lists("widgets").Should().HaveCount(1);
    }

    /// <summary>Proof 25.</summary>
    [Fact]
    public void Changes_and_deletions_of_owned_objects_reach_their_controlling_owner_alone()
    {
        using var world = new World(watches: watches => watches.Owns<V1ConfigMap>());
        world.Server.Put(Widget.Named("owner"));
        world.Server.Put(Widget.Named("bystander"));
        world.Start();
        world.Controller.Calls.Clear();

        world.Server.Put(Owned("child", "owner", controller: true));
        world.Settle();
        world.Controller.Calls.Should().Equal("owner:0");
        world.Server.Put(Owned("loose", "bystander", controller: false));
        world.Server.Put(Owned("foreign", "bystander", controller: true, apiVersion: "other.dev/v1"));
        world.Settle();
        world.Controller.Calls.Should().Equal("owner:0");
        world.Server.Delete("configmaps", "child");
        world.Settle();

        world.Controller.Calls.Should().Equal("owner:0", "owner:0");
    }

    [Fact]
    public void An_object_that_changes_hands_reaches_both_owners()
    {
        using var world = new World(watches: watches => watches.Owns<V1ConfigMap>());
        world.Server.Put(Widget.Named("one"));
        world.Server.Put(Widget.Named("two"));
        world.Server.Put(Owned("child", "one", controller: true));
        world.Start();
        world.Controller.Calls.Clear();

        world.Server.Put(Owned("child", "two", controller: true));
        world.Settle();

        world.Controller.Calls.Should().Equal("one:0", "two:0");
    }

    [Fact]
    public void A_cluster_scoped_owner_of_a_namespaced_object_is_found()
    {
        using var world = new World(watches: watches => watches.Owns<V1ConfigMap>());
        world.Server.Put(Widget.Named("owner", @namespace: null!));
        world.Start();
        world.Controller.Calls.Clear();

        world.Server.Put(Owned("child", "owner", controller: true));
        world.Settle();

        world.Controller.Calls.Should().Equal("owner:0");
    }

    [Fact]
    public void A_watched_object_leads_to_the_keys_of_its_states_before_and_after()
    {
        using var world = new World(watches: watches => watches.Watches<V1ConfigMap>(map => [new ObjectKey(map.Metadata.NamespaceProperty, map.Data["widget"])]));
        world.Server.Put(Widget.Named("one"));
        world.Server.Put(Widget.Named("two"));
        world.Server.Put(Map("m", "one"));
        world.Start();
        world.Controller.Calls.Clear();

        world.Server.Put(Map("m", "two"));
        world.Settle();

        world.Controller.Calls.Should().Equal("one:0", "two:0");
    }

    [Fact]
    public void A_map_may_look_into_caches()
    {
        using var world = new World(watches: watches => watches.Watches<V1ConfigMap>((map, services) =>
            services.GetRequiredService<IObjectCache<Widget>>().List(map.Metadata.NamespaceProperty).Where(widget => widget.Spec.Target.Is(map.Metadata.Name)).Select(ObjectKey.Of)));
        var pointing = Widget.Named("pointing");
        pointing.Spec.Target = "m";
        world.Server.Put(pointing);
        world.Server.Put(Widget.Named("other"));
        world.Start();
        world.Controller.Calls.Clear();

        world.Server.Put(Map("m", "x"));
        world.Settle();

        world.Controller.Calls.Should().Equal("pointing:0");
    }

    [Fact]
    public void A_map_that_throws_stops_nothing()
    {
        using var world = new World(watches: watches => watches.Watches<V1ConfigMap>(map => [new ObjectKey(null, map.Data["missing"])]));
        world.Start();

        world.Server.Put(Map("m", "x"));
        world.Server.Put(Map("n", "x"));
        world.Settle();

        world.Get<IObjectCache<V1ConfigMap>>().List().Should().HaveCount(2);
        world.Logs.Lines.Should().Contain(line => line.Level == LogLevel.Error && line.Text.Contains("Watches<V1ConfigMap> of Widget"));
    }

    [Fact]
    public void A_kind_may_have_several_named_controllers_each_with_its_queue()
    {
        using var world = new World(builder => builder
            .AddController<WidgetController, Widget>(watches => watches.Named("first"))
            .AddController<WidgetController, Widget>(watches => watches.Named("second")));
        world.Server.Put(Widget.Named("a"));
        world.Start();
        world.Controller.Calls.Should().HaveCount(2, "both controllers looked");
        world.Server.Watches("widgets").Should().HaveCount(1, "they share the watch");
        world.Controller.Calls.Clear();

        var queue = world.Get<IReconcileQueue<Widget>>();
        queue.Enqueue("second", new ObjectKey("default", "a"));
        world.Settle();
        world.Controller.Calls.Should().HaveCount(1);
        queue.Enqueue(new ObjectKey("default", "a"));
        world.Settle();
        world.Controller.Calls.Should().HaveCount(3);

        var unknown = () => queue.Enqueue("third", new ObjectKey("default", "a"));
        unknown.Should().Throw<ArgumentException>().WithMessage("*named third*");
    }

    [Fact]
    public void Two_controllers_of_one_name_are_refused()
    {
        var create = () => new World(builder => builder
            .AddController<WidgetController, Widget>()
            .AddController<WidgetController, Widget>());

        create.Should().Throw<InvalidOperationException>().WithMessage("*named widget*Named(...)*");
    }

    [Fact]
    public void Other_code_can_ask_for_a_later_run()
    {
        using var world = new World();
        world.Server.Put(Widget.Named("a"));
        world.Start();

        world.Get<EntityQueue<Widget>>()(world.Widgets.Get("default", "a")!, TimeSpan.FromSeconds(5));
        world.Advance(4.9);
        world.Controller.Calls.Should().HaveCount(1);
        world.Advance(0.2);

        world.Controller.Calls.Should().HaveCount(2);
    }

    private static V1ConfigMap Owned(string name, string owner, bool controller, string apiVersion = "test.dev/v1") => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = name,
            NamespaceProperty = "default",
            OwnerReferences = [new V1OwnerReference { ApiVersion = apiVersion, Kind = "Widget", Name = owner, Uid = "u", Controller = controller }],
        },
    };

    private static V1ConfigMap Map(string name, string widget) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "default" },
        Data = new Dictionary<string, string>(StringComparer.Ordinal) { ["widget"] = widget },
    };
}
