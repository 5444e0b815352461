using System.Text.Json.Nodes;
using k8s.Models;
using Microsoft.Extensions.Logging;
using MlopsOperator.ControllerRuntime.Tests.Testing;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Tests.Watching;

public sealed class ObjectCacheTests
{
    public static TheoryData<string, string, string> BadFields => new()
    {
        { "size", "\"Gigantic\"", "one of Small, Large" },
        { "size", "7", "one of Small, Large" },
        { "count", "\"many\"", "a whole number" },
        { "count", "1.5", "a whole number" },
        { "since", "\"yesterday\"", "a time such as 2026-01-31T12:00:00Z" },
        { "since", "12", "a time such as 2026-01-31T12:00:00Z" },
        { "target", "{\"a\":1}", "text" },
    };

    /// <summary>Proof 7.</summary>
    [Theory]
    [MemberData(nameof(BadFields))]
    public async Task A_state_that_cannot_be_decoded_harms_its_object_alone_and_leaves_the_last_good_one(string field, string value, string expected)
    {
        using var world = new World();
        world.Server.Put(Widget.Named("bad", 1));
        world.Server.Put(Widget.Named("other", 1));
        world.Start();
        world.Controller.Calls.Clear();

        Poison(world, "bad", field, value);
        world.Server.Put(Widget.Named("other", 2));
        world.Settle();

        world.Widgets.Get("default", "bad")!.Spec.Count.Should().Be(1, "that was the last good state");
        world.Widgets.Get("default", "other")!.Spec.Count.Should().Be(2);
        world.Controller.Calls.Should().Equal("other:2");
        world.Server.Lists("widgets").Should().HaveCount(1, "the watch goes on");
        (await world.MetricsAsync()).Should().Contain("controller_runtime_undecodable_objects_total{kind=\"Widget\"} 1\n");
        world.Logs.Lines.Count(line => line.Level == LogLevel.Warning).Should().Be(1);
        world.Server.Collection("events").Objects.Values.Should().ContainSingle()
            .Which["note"]!.ToString().Should().Be($"spec.{field}: found {value}, expected {expected}. Correct the field; until then the last readable state stays in use.");
    }

    [Fact]
    public void A_poisoned_object_is_reported_once_for_each_state_and_recovers()
    {
        using var world = new World();
        world.Start();
        Poison(world, "bad", "size", "\"Gigantic\"");
        world.Settle();
        world.Advance(2);
        world.Server.Compact("widgets");
        world.Server.OpenWatch("widgets").End();
        world.Settle();
        world.Logs.Lines.Count(line => line.Level == LogLevel.Warning).Should().Be(1);
        world.Widgets.Get("default", "bad").Should().BeNull("no state of it was ever good");
        world.Widgets.List().Should().BeEmpty();

        world.Server.Put(Widget.Named("bad", 3));
        world.Settle();

        world.Controller.Calls.Should().Equal("bad:3");
    }

    [Fact]
    public void A_poisoned_object_that_is_deleted_is_told_by_its_last_good_state()
    {
        using var world = new World();
        world.Server.Put(Widget.Named("bad", 5));
        world.Start();
        Poison(world, "bad", "count", "\"x\"");
        world.Settle();

        world.Server.Delete("widgets", "bad");
        world.Settle();

        world.Controller.Calls.Should().Equal("bad:5", "deleted bad:5");
        world.Widgets.Get("default", "bad").Should().BeNull();
    }

    [Fact]
    public void What_the_cache_hands_out_are_private_copies()
    {
        using var world = new World();
        world.Server.Put(Widget.Named("a", 1));
        world.Start();

        world.Widgets.Get("default", "a")!.Spec.Count = 99;
        world.Widgets.List()[0].Metadata.Name = "changed";

        world.Widgets.Get("default", "a")!.Spec.Count.Should().Be(1);
        world.Widgets.List()[0].Metadata.Name.Should().Be("a");
    }

    [Fact]
    public void Lists_are_sorted_and_can_be_of_one_namespace()
    {
        using var world = new World();
        world.Server.Put(Widget.Named("b"));
        world.Server.Put(Widget.Named("z", @namespace: "another"));
        world.Server.Put(Widget.Named("a"));

        world.Start();

        world.Widgets.List().Select(ObjectKey.Of).Should().Equal(new ObjectKey("another", "z"), new ObjectKey("default", "a"), new ObjectKey("default", "b"));
        world.Widgets.List("default").Should().HaveCount(2);
        world.Widgets.List("nowhere").Should().BeEmpty();
    }

    [Fact]
    public void Indexes_follow_changes_and_deletions()
    {
        using var world = new World(builder => builder
            .AddController<WidgetController, Widget>()
            .AddCache<Widget>(options => options.Index("target", widget => widget.Spec.Target is { } target ? [target] : [])));
        var widget = Widget.Named("a");
        widget.Spec.Target = "x";
        world.Server.Put(widget);
        world.Start();
        world.Widgets.ByIndex("target", "x").Should().ContainSingle();

        widget.Spec.Target = "y";
        world.Server.Put(widget);
        world.Settle();
        world.Widgets.ByIndex("target", "x").Should().BeEmpty();
        world.Widgets.ByIndex("target", "y").Should().ContainSingle();
        world.Server.Delete("widgets", "a");
        world.Settle();

        world.Widgets.ByIndex("target", "y").Should().BeEmpty();
    }

    [Fact]
    public void An_index_that_was_not_declared_is_an_error_that_says_what_to_do()
    {
        using var world = new World();

        var find = () => world.Widgets.ByIndex("owner", "x");

        find.Should().Throw<ArgumentException>().WithMessage("*has no index owner*AddCache<Widget>*");
    }

    [Fact]
    public void An_index_function_that_throws_counts_as_empty_and_the_object_is_cached()
    {
        using var world = new World(builder => builder
            .AddController<WidgetController, Widget>()
            .AddCache<Widget>(options => options.Index("target", _ => throw new InvalidOperationException("a bug"))));
        world.Server.Put(Widget.Named("a"));

        world.Start();

        world.Widgets.List().Should().HaveCount(1);
        world.Logs.Lines.Should().Contain(line => line.Level == LogLevel.Error && line.Text.Contains("target"));
    }

    [Fact]
    public void One_watch_serves_a_cache_and_the_controllers_of_its_kind_with_its_selector_and_namespace()
    {
        using var world = new World(builder => builder
            .AddController<WidgetController, Widget>(watches => watches.Owns<V1Pod>())
            .AddCache<V1Pod>(options =>
            {
                options.LabelSelector = "app in (a,b)";
                options.Namespace = "models";
            }));

        world.Start();

        world.Server.Watches("pods").Should().ContainSingle().Which.Request.PathAndQuery
            .Should().StartWith("/api/v1/namespaces/models/pods?watch=true").And.EndWith("&labelSelector=app%20in%20%28a%2Cb%29");
        world.Server.Lists("pods").Should().Equal("/api/v1/namespaces/models/pods?limit=500&labelSelector=app%20in%20%28a%2Cb%29");
    }

    [Fact]
    public void Two_different_selectors_for_one_kind_are_refused()
    {
        var create = () => new World(builder => builder
            .AddCache<V1Pod>(options => options.LabelSelector = "a=1")
            .AddCache<V1Pod>(options => options.LabelSelector = "a=2"));

        create.Should().Throw<InvalidOperationException>().WithMessage("*V1Pod*different label selectors*");
    }

    [Fact]
    public void Items_of_built_in_kinds_get_their_kind_which_lists_leave_out()
    {
        using var world = new World(builder => builder.AddCache<V1ConfigMap>());
        world.Server.PutJson("configmaps", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "a", ["namespace"] = "default" } });

        world.Start();

        var map = world.Get<IObjectCache<V1ConfigMap>>().Get("default", "a")!;
        (map.ApiVersion, map.Kind).Should().Be(("v1", "ConfigMap"));
    }

    private static void Poison(World world, string name, string field, string value) => world.Server.PutJson("widgets", new JsonObject
    {
        ["apiVersion"] = "test.dev/v1",
        ["kind"] = "Widget",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
        ["spec"] = new JsonObject { ["count"] = 2, [field] = JsonNode.Parse(value) },
    });
}
