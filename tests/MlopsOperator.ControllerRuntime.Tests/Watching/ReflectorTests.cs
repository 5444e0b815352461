using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Serialization;
using MlopsOperator.ControllerRuntime.Tests.Testing;

namespace MlopsOperator.ControllerRuntime.Tests.Watching;

public sealed class ReflectorTests
{
    [Fact]
    public void A_list_fills_the_cache_and_a_watch_follows_from_its_version()
    {
        using var world = new World();
        world.Server.Put(Widget.Named("a", 1));

        world.Start();

        world.Widgets.HasSynced.Should().BeTrue();
        world.Widgets.Get("default", "a")!.Spec.Count.Should().Be(1);
        world.Server.Lists("widgets").Should().Equal("/apis/test.dev/v1/widgets?limit=500");
        world.Server.OpenWatch("widgets").Request.PathAndQuery.Should().MatchRegex(
            @"^/apis/test\.dev/v1/widgets\?watch=true&allowWatchBookmarks=true&resourceVersion=101&timeoutSeconds=([345]\d\d|600)$");
        world.Server.Put(Widget.Named("a", 2));
        world.Settle();
        world.Widgets.Get("default", "a")!.Spec.Count.Should().Be(2);
    }

    /// <summary>Proof 1.</summary>
    [Fact]
    public void A_watch_that_ends_without_events_is_opened_again_from_the_last_version_without_a_list()
    {
        using var world = new World();
        world.Server.Put(Widget.Named("a"));
        world.Start();
        world.Advance(60);

        world.Server.OpenWatch("widgets").End();
        world.Settle();

        world.Server.Lists("widgets").Should().HaveCount(1);
        world.Server.Watches("widgets").Should().HaveCount(2);
        world.Server.OpenWatch("widgets").Request.PathAndQuery.Should().Contain("resourceVersion=101&");
    }

    [Fact]
    public void Watches_that_end_at_once_are_opened_ever_more_slowly()
    {
        using var world = new World();
        world.Server.BeforeWatch = request =>
        {
            var watch = new ScriptedWatch(request);
            watch.End();
            return watch;
        };

        world.Start();
        world.Advance(100);

        world.Server.Watches("widgets").Count.Should().BeInRange(5, 10);
        world.Server.Lists("widgets").Should().HaveCount(1);
    }

    /// <summary>Proof 2.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Too_old_a_version_leads_to_a_list_and_to_deletions_for_what_vanished(bool asStatus)
    {
        using var world = new World();
        world.Server.Put(Widget.Named("stays"));
        world.Server.Put(Widget.Named("goes"));
        world.Start();
        world.Server.Collection("widgets").Lags = true;
        world.Server.Delete("widgets", "goes");
        world.Server.Put(Widget.Named("comes"));
        world.Server.Compact("widgets");
        world.Server.Collection("widgets").Lags = false;
        if (asStatus)
        {
            world.Server.BeforeWatch = request =>
            {
                world.Server.BeforeWatch = null;
                var watch = new ScriptedWatch(request, 410);
                watch.Send("""{"kind":"Status","status":"Failure","reason":"Expired","message":"too old resource version","code":410}""");
                return watch;
            };
        }

        world.Advance(2);
        world.Server.OpenWatch("widgets").End();
        world.Settle();

        world.Server.Lists("widgets").Should().HaveCount(2);
        world.Widgets.List().Select(widget => widget.Metadata.Name).Should().Equal("comes", "stays");
        world.Controller.Calls.Should().Contain("deleted goes:0");
    }

    /// <summary>Proof 3.</summary>
    [Fact]
    public void An_object_created_again_while_nobody_looked_is_seen_as_deleted_and_created()
    {
        using var world = new World();
        world.Server.Put(Widget.Named("a", 1));
        world.Start();
        world.Server.Collection("widgets").Lags = true;
        world.Server.Delete("widgets", "a");
        world.Server.Put(Widget.Named("a", 2));
        world.Server.Compact("widgets");
        world.Server.Collection("widgets").Lags = false;
        world.Controller.Calls.Clear();

        world.Advance(2);
        world.Server.OpenWatch("widgets").End();
        world.Settle();

        world.Controller.Calls.Should().Equal("deleted a:1", "a:2");
    }

    /// <summary>Proof 4.</summary>
    [Fact]
    public void A_bookmark_moves_the_version_from_which_the_next_watch_goes_on()
    {
        using var world = new World();
        world.Server.Put(Widget.Named("a"));
        world.Start();
        world.Server.Bookmark("widgets");
        world.Settle();
        world.Advance(2);

        world.Server.OpenWatch("widgets").End();
        world.Settle();

        world.Server.OpenWatch("widgets").Request.PathAndQuery.Should().Contain("resourceVersion=102&");
        world.Server.Lists("widgets").Should().HaveCount(1);
        world.Widgets.Get("default", "a").Should().NotBeNull("a bookmark is no event of an object");
    }

    /// <summary>Proof 5.</summary>
    [Fact]
    public void A_silent_watch_is_given_up_half_a_minute_after_its_own_timeout()
    {
        using var world = new World();
        world.Start();
        var silent = world.Server.OpenWatch("widgets");
        var seconds = int.Parse(RequestPath.Parse(silent.Request.PathAndQuery).Query["timeoutSeconds"], System.Globalization.CultureInfo.InvariantCulture);

        world.Advance(TimeSpan.FromSeconds(seconds + 29), stepSeconds: 1);
        world.Server.Watches("widgets").Should().HaveCount(1);
        world.Advance(2);

        silent.IsOpen.Should().BeFalse();
        world.Server.Watches("widgets").Should().HaveCount(2);
        world.Server.Lists("widgets").Should().HaveCount(1);
    }

    /// <summary>Proof 6.</summary>
    [Fact]
    public void A_second_page_that_has_expired_leads_to_one_whole_list_and_the_store_changes_only_then()
    {
        using var world = new World();
        for (var i = 0; i < 700; i++)
        {
            world.Server.Put(Widget.Numbered(i));
        }

        var seenDuringList = -1;
        world.Server.Before = request =>
        {
            if (!request.PathAndQuery.Contains("continue=", StringComparison.Ordinal))
            {
                return null;
            }

            seenDuringList = world.Widgets.List().Count;
            return ScriptedServer.Status(410, "Expired");
        };

        world.Start();

        seenDuringList.Should().Be(0);
        world.Widgets.List().Should().HaveCount(700);
        world.Server.Lists("widgets").Should().Equal(
            "/apis/test.dev/v1/widgets?limit=500", "/apis/test.dev/v1/widgets?limit=500&continue=500", "/apis/test.dev/v1/widgets");
    }

    [Fact]
    public void Pages_are_put_together()
    {
        using var world = new World();
        for (var i = 0; i < 1200; i++)
        {
            world.Server.Put(Widget.Numbered(i));
        }

        world.Start();

        world.Widgets.List().Should().HaveCount(1200);
        world.Server.Lists("widgets").Should().HaveCount(3);
    }

    [Fact]
    public void A_cut_watch_goes_on_from_the_last_version_after_a_pause()
    {
        using var world = new World();
        world.Start();
        world.Server.Put(Widget.Named("a"));
        world.Settle();

        world.Server.OpenWatch("widgets").Cut();
        world.Settle();
        world.Server.Watches("widgets").Should().HaveCount(1);
        world.Server.Put(Widget.Named("b"));
        world.Advance(2);

        world.Server.Lists("widgets").Should().HaveCount(1);
        world.Widgets.Get("default", "b").Should().NotBeNull("the event that was missed is sent again");
    }

    [Theory]
    [InlineData("""{"type":"ADDED","object":{"metadata":{"name":"x" """)]
    [InlineData("""{"type":"EXPLODED","object":{"metadata":{"name":"x"}}}""")]
    [InlineData("""{"type":"ADDED"}""")]
    [InlineData("""{"type":"ADDED","object":{"metadata":{}}}""")]
    [InlineData("""{"type":"ADDED","object":{"metadata":null}}""")]
    [InlineData("[]")]
    [InlineData("<html>")]
    public void A_line_that_cannot_be_read_leads_to_a_list_since_it_may_have_been_anything(string line)
    {
        using var world = new World();
        world.Start();

        world.Server.OpenWatch("widgets").Send(line);
        world.Advance(3);

        world.Server.Lists("widgets").Should().HaveCount(2);
        world.Server.OpenWatch("widgets").Should().NotBeNull();
    }

    /// <summary>Proof 26.</summary>
    [Fact]
    public void A_kind_whose_definition_is_missing_is_picked_up_later_without_noise()
    {
        using var world = new World();
        world.Server.MissingKinds.Add("widgets");
        world.Start();
        world.Advance(TimeSpan.FromMinutes(3), stepSeconds: 1);
        world.Widgets.HasSynced.Should().BeFalse();
        world.Logs.Lines.Should().NotContain(line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);

        world.Server.MissingKinds.Clear();
        world.Server.Put(Widget.Named("a", 3));
        world.Advance(TimeSpan.FromSeconds(31), stepSeconds: 1);

        world.Controller.Calls.Should().Equal("a:3");
    }

    [Fact]
    public void When_a_server_does_not_know_a_kind_any_more_its_objects_stay_until_a_list_says_that_they_are_gone()
    {
        using var world = new World();
        world.Server.Put(Widget.Named("a"));
        world.Start();
        world.Server.MissingKinds.Add("widgets");
        world.Advance(2);
        world.Server.OpenWatch("widgets").End();
        world.Settle();
        world.Advance(60);
        world.Widgets.List().Should().HaveCount(1);
        world.Controller.Calls.Should().Equal("a:0");

        world.Server.Collection("widgets").Objects.Clear();
        world.Server.MissingKinds.Clear();
        world.Advance(35);

        world.Widgets.List().Should().BeEmpty();
        world.Controller.Calls.Should().Equal("a:0", "deleted a:0");
    }

    [Fact]
    public void An_optional_kind_that_is_missing_holds_nothing_up()
    {
        using var world = new World(builder => builder
            .AddController<WidgetController, Widget>()
            .AddCache<k8s.Models.V1Job>(options => options.Optional = true));
        world.Server.MissingKinds.Add("jobs");
        world.Server.Put(Widget.Named("a"));

        world.Start();

        world.Controller.Calls.Should().Equal("a:0");
    }

    [Fact]
    public void A_refused_list_is_tried_again_when_the_server_says()
    {
        using var world = new World();
        world.Server.Before = _ => ScriptedServer.Status(429, "TooManyRequests", TimeSpan.FromSeconds(20));
        world.Start();
        world.Server.Before = null;

        world.Advance(19);
        world.Widgets.HasSynced.Should().BeFalse();
        world.Advance(2);

        world.Widgets.HasSynced.Should().BeTrue();
    }

    [Fact]
    public void Whatever_is_thrown_the_watch_goes_on()
    {
        using var world = new World();
        var failures = 6;
        world.Server.Before = _ => failures-- > 0 ? throw new InvalidOperationException("a bug in a transport") : null;
        world.Start();

        world.Advance(TimeSpan.FromMinutes(3), stepSeconds: 1);

        world.Widgets.HasSynced.Should().BeTrue();
    }

    [Fact]
    public void An_event_without_status_changes_nothing_but_the_object()
    {
        using var world = new World();
        var json = new JsonObject
        {
            ["apiVersion"] = "test.dev/v1",
            ["kind"] = "Widget",
            ["metadata"] = new JsonObject { ["name"] = "a", ["namespace"] = "default", ["managedFields"] = new JsonArray(new JsonObject { ["manager"] = "kubectl" }) },
            ["spec"] = new JsonObject { ["count"] = 4 },
        };
        world.Server.PutJson("widgets", json);

        world.Start();

        var widget = world.Widgets.Get("default", "a")!;
        widget.Metadata.ManagedFields.Should().BeNull();
        widget.Spec.Count.Should().Be(4);
        KubernetesSerializer.ToJsonObject(widget)["metadata"]!["uid"].Should().NotBeNull();
    }

    [Fact]
    public async Task What_a_watch_has_not_shown_is_put_right_by_a_list_counted_and_logged()
    {
        using var world = new World(configure: settings => settings.WithCompareEvery(TimeSpan.FromMinutes(30)));
        world.Server.Put(Widget.Named("kept", 1));
        world.Server.Put(Widget.Named("gone", 1));
        world.Start();

        // The watch is open and gives bookmarks, but loses a change, a deletion and a new object.
        world.Server.Collection("widgets").Lags = true;
        world.Server.Put(Widget.Named("kept", 2));
        world.Server.Put(Widget.Named("new", 1));
        world.Server.Delete("widgets", "gone");
        world.Server.Collection("widgets").Lags = false;
        world.Server.Collection("widgets").History.Clear();
        for (var minute = 0; minute < 40; minute++)
        {
            world.Server.Bookmark("widgets");
            world.Advance(TimeSpan.FromSeconds(60), stepSeconds: 5);
            if (minute % 5 == 4 && world.Server.Watches("widgets").LastOrDefault(watch => watch.IsOpen) is { } open)
            {
                open.End();
                world.Settle();
            }
        }

        world.Controller.Calls.Should().Contain(["kept:2", "new:1", "deleted gone:1"]);
        world.Server.Lists("widgets").Should().HaveCount(2, "one list at the start, one that compares");
        world.Logs.Lines.Should().Contain(line => line.Text.Is("Watch of Widget had not shown 3 changes; a list has put them right"));
        (await world.MetricsAsync()).Should().Contain("reflector_corrections_total{kind=\"Widget\"} 3");
    }

    [Fact]
    public async Task A_comparison_with_a_sound_watch_finds_nothing()
    {
        using var world = new World(configure: settings => settings.WithCompareEvery(TimeSpan.FromMinutes(1)));
        world.Start();
        for (var number = 0; number < 40; number++)
        {
            world.Server.Put(Widget.Named("w", number));
            world.Advance(TimeSpan.FromSeconds(10), stepSeconds: 1);
            if (number % 3 == 2)
            {
                world.Server.OpenWatch("widgets").End();
                world.Server.Put(Widget.Named("between", number));
                world.Settle();
            }
        }

        world.Server.Lists("widgets").Count().Should().BeGreaterThan(3);
        (await world.MetricsAsync()).Should().NotContain("reflector_corrections_total{");
    }
}
