using System.Text;
using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Events;
using MlopsOperator.ControllerRuntime.Tests.Testing;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Tests.Events;

public sealed class EventRecorderTests : IDisposable
{
    private readonly World _world = new();
    private readonly Widget _widget = Widget.Named("a");

    public EventRecorderTests()
    {
        _widget.Metadata.Uid = "uid-a";
        _widget.Metadata.ResourceVersion = "12";
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void An_event_has_all_that_the_server_requires()
    {
        _world.Start();

        Publish("Promoted", "delays-v2 serves all requests");
        _world.Settle();

        var json = Stored().Should().ContainSingle().Subject;
        json["apiVersion"]!.ToString().Should().Be("events.k8s.io/v1");
        json["metadata"]!["name"]!.ToString().Should().MatchRegex("^a\\.[0-9a-f]{16}$");
        json["metadata"]!["namespace"]!.ToString().Should().Be("default");
        json["eventTime"]!.ToString().Should().Be("2026-01-01T00:00:00.000000Z");
        json["type"]!.ToString().Should().Be("Normal");
        json["reason"]!.ToString().Should().Be("Promoted");
        json["action"]!.ToString().Should().Be("Promote");
        json["note"]!.ToString().Should().Be("delays-v2 serves all requests");
        json["reportingController"]!.ToString().Should().Be("test-operator");
        json["reportingInstance"]!.ToString().Should().Be("test-operator");
        json["regarding"]!.ToJsonString().Should().Be(
            """{"apiVersion":"test.dev/v1","kind":"Widget","name":"a","namespace":"default","resourceVersion":"12","uid":"uid-a"}""");
        json.ContainsKey("series").Should().BeFalse();
    }

    /// <summary>Proof 23.</summary>
    [Fact]
    public void A_hundred_equal_events_are_one_object_with_a_series()
    {
        _world.Start();
        for (var i = 0; i < 100; i++)
        {
            Publish("Waiting", "for traffic");
            _world.Advance(1);
        }

        Publish("Waiting", "for traffic");
        _world.Advance(60);
        Publish("Waiting", "for traffic");
        _world.Settle();

        var series = Stored().Should().ContainSingle().Subject["series"]!;
        ((int)series["count"]!).Should().Be(102);
        series["lastObservedTime"]!.ToString().Should().Be("2026-01-01T00:02:40.000000Z");
        _world.Server.Writes.Count().Should().BeLessThan(8, "a running series is written once a minute");
    }

    [Fact]
    public void The_second_of_two_equal_events_shows_at_once()
    {
        _world.Start();
        Publish("Waiting", "for traffic");
        _world.Settle();

        Publish("Waiting", "for traffic");
        _world.Settle();

        ((int)Stored().Single()["series"]!["count"]!).Should().Be(2);
    }

    [Fact]
    public void After_six_minutes_of_silence_an_equal_event_is_a_new_one()
    {
        _world.Start();
        Publish("Waiting", "for traffic");
        _world.Settle();
        _world.Advance(TimeSpan.FromMinutes(6), stepSeconds: 10);

        Publish("Waiting", "for traffic");
        _world.Settle();

        Stored().Should().HaveCount(2);
    }

    /// <summary>Proof 23.</summary>
    [Fact]
    public async Task Of_26_different_events_about_one_object_the_last_is_dropped_and_other_objects_have_their_own_budget()
    {
        _world.Start();
        for (var i = 0; i < 26; i++)
        {
            Publish("Step", "number " + World.Text(i));
        }

        var other = Widget.Named("b");
        other.Metadata.Uid = "uid-b";
        _world.Get<IEventRecorder>().Publish(other, EventType.Normal, "Step", "Step", "number 0");
        _world.Settle();

        Stored().Should().HaveCount(26);
        Stored().Should().NotContain(json => json["note"]!.ToString() == "number 25");
        (await _world.MetricsAsync()).Should().Contain("event_recorder_dropped_total{cause=\"budget\"} 1\n");
        _world.Advance(TimeSpan.FromSeconds(300), stepSeconds: 10);
        Publish("Step", "after five minutes");
        _world.Settle();
        Stored().Should().HaveCount(27);
    }

    [Fact]
    public async Task Publishing_never_waits_and_what_exceeds_the_queue_is_counted()
    {
        _world.Server.Before = request => request.Method is "POST" ? throw new TransportException("no connection") : null;
        _world.Start();

        for (var i = 0; i < 1100; i++)
        {
            var widget = Widget.Named("w" + World.Text(i));
            widget.Metadata.Uid = "uid-" + World.Text(i);
            _world.Get<IEventRecorder>().Publish(widget, EventType.Normal, "R", "A", "n");
        }

        _world.Settle();

        (await _world.MetricsAsync()).Should().MatchRegex("event_recorder_dropped_total\\{cause=\"queue\"\\} (99|100)\n");
    }

    [Fact]
    public async Task An_event_is_tried_twelve_times_ten_seconds_apart()
    {
        var attempts = 0;
        _world.Server.Before = request => request.Method is "POST" && ++attempts > 0 ? ScriptedServer.Status(503, "ServiceUnavailable") : null;
        _world.Start();
        Publish("Step", "one");

        _world.Advance(109);
        attempts.Should().Be(11);
        _world.Advance(200);

        attempts.Should().Be(12);
        (await _world.MetricsAsync()).Should().Contain("event_recorder_dropped_total{cause=\"error\"} 1\n");
        _world.Server.Before = null;
        Publish("Step", "two");
        _world.Settle();
        Stored().Should().ContainSingle("later ones are sent");
    }

    [Fact]
    public void When_the_server_asks_for_a_minute_the_event_waits_a_minute_and_objects_do_not()
    {
        var asked = 0;
        _world.Server.Before = request => request.Method is "POST" && asked++ == 0 ? ScriptedServer.Status(503, "ServiceUnavailable", TimeSpan.FromSeconds(60)) : null;
        _world.Start();
        Publish("Waiting", "for traffic");
        _world.Settle();

        _world.Server.Put(Widget.Named("meanwhile", 1));
        _world.Advance(TimeSpan.FromSeconds(59), stepSeconds: 1);
        _world.Controller.Calls.Should().Contain("meanwhile:1");
        Stored().Should().BeEmpty();
        _world.Advance(2);

        Stored().Should().HaveCount(1);
    }

    [Fact]
    public void A_refusal_is_not_tried_again()
    {
        var attempts = 0;
        _world.Server.Before = request => request.Method is "POST" && ++attempts > 0 ? ScriptedServer.Status(403, "Forbidden") : null;
        _world.Start();

        Publish("Step", "one");
        _world.Advance(60);

        attempts.Should().Be(1);
    }

    [Fact]
    public void Whatever_is_thrown_later_events_are_sent_and_the_operator_goes_on()
    {
        var fail = true;
        _world.Server.Before = request => request.Method is "POST" && fail ? throw new InvalidOperationException("a bug") : null;
        _world.Start();
        Publish("Step", "one");
        _world.Settle();
        fail = false;

        Publish("Step", "two");
        _world.Settle();

        Stored().Should().ContainSingle().Which["note"]!.ToString().Should().Be("two");
        _world.Running!.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public void A_lost_answer_ends_in_one_event()
    {
        var lose = true;
        _world.Server.After = request =>
        {
            if (request.Method is not "POST" || !lose)
            {
                return null;
            }

            lose = false;
            throw new TransportException("the connection broke");
        };
        _world.Start();

        Publish("Step", "one");
        _world.Advance(30);

        Stored().Should().ContainSingle();
    }

    [Fact]
    public void A_series_whose_event_has_expired_goes_on_in_a_new_object()
    {
        _world.Start();
        Publish("Waiting", "for traffic");
        _world.Settle();
        _world.Server.Collection("events").Objects.Clear();

        Publish("Waiting", "for traffic");
        _world.Settle();

        ((int)Stored().Should().ContainSingle().Subject["series"]!["count"]!).Should().Be(2);
    }

    [Fact]
    public void Events_about_cluster_scoped_objects_are_in_the_default_namespace()
    {
        _widget.Metadata.NamespaceProperty = null;
        _world.Start();

        Publish("Step", "one");
        _world.Settle();

        Stored().Single()["metadata"]!["namespace"]!.ToString().Should().Be("default");
        Stored().Single()["regarding"]!.AsObject().ContainsKey("namespace").Should().BeFalse();
    }

    [Theory]
    [InlineData("short", "short")]
    [InlineData("", "")]
    public void A_short_note_stays(string note, string expected) => EventText.Note(note).Should().Be(expected);

    [Fact]
    public void A_long_note_is_cut_to_1024_bytes_and_never_within_a_character()
    {
        var cut = EventText.Note(string.Concat(Enumerable.Repeat("😀", 400)));

        Encoding.UTF8.GetByteCount(cut).Should().BeInRange(1020, 1024);
        cut.Should().EndWith("😀…");
        EventText.Word(new string('x', 200)).Should().HaveLength(128);
        EventText.Word(string.Empty).Should().Be("Unknown");
    }

    private void Publish(string reason, string note) => _world.Get<IEventRecorder>().Publish(_widget, EventType.Normal, reason, "Promote", note);

    private IReadOnlyList<JsonObject> Stored() => [.. _world.Server.Collection("events").Objects.Values];
}
