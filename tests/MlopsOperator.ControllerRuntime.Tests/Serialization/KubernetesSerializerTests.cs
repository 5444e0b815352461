using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using MlopsOperator.ControllerRuntime.Serialization;
using MlopsOperator.ControllerRuntime.Tests.Testing;

namespace MlopsOperator.ControllerRuntime.Tests.Serialization;

public sealed class KubernetesSerializerTests
{
    private static readonly DateTime WholeSecond = new(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc);

    /// <summary>Proof 20.</summary>
    [Fact]
    public void Times_of_leases_and_events_carry_six_digits_on_whole_seconds()
    {
        var lease = Text(new V1Lease { Spec = new V1LeaseSpec { RenewTime = WholeSecond, AcquireTime = WholeSecond.AddTicks(1_234_567) } });
        lease.Should().Contain("\"renewTime\":\"2026-03-04T05:06:07.000000Z\"").And.Contain("\"acquireTime\":\"2026-03-04T05:06:07.123456Z\"");

        var series = new Eventsv1EventSeries { Count = 2, LastObservedTime = WholeSecond };
        Text(new Eventsv1Event { EventTime = WholeSecond, Series = series }).Should()
            .Contain("\"eventTime\":\"2026-03-04T05:06:07.000000Z\"").And.Contain("\"lastObservedTime\":\"2026-03-04T05:06:07.000000Z\"");
    }

    [Fact]
    public void Other_times_of_built_in_kinds_are_whole_seconds_and_those_of_custom_kinds_keep_their_digits()
    {
        Text(new V1ObjectMeta { CreationTimestamp = WholeSecond.AddMilliseconds(250) }).Should().Contain("\"2026-03-04T05:06:07Z\"");
        var widget = Widget.Named("a");
        widget.Spec.Since = new DateTimeOffset(WholeSecond.AddMilliseconds(250)).ToOffset(TimeSpan.FromHours(2));

        Text(widget).Should().Contain("\"since\":\"2026-03-04T05:06:07.25Z\"");
    }

    [Theory]
    [InlineData("2026-03-04T05:06:07Z", 0)]
    [InlineData("2026-03-04T05:06:07.5Z", 5_000_000)]
    [InlineData("2026-03-04T05:06:07.123456Z", 1_234_560)]
    [InlineData("2026-03-04T05:06:07.123456789Z", 1_234_567)]
    [InlineData("2026-03-04T07:06:07+02:00", 0)]
    public void Times_are_read_with_any_number_of_digits_and_any_offset(string text, long ticks)
    {
        var read = KubernetesSerializer.Deserialize<V1ObjectMeta>(Encoding.UTF8.GetBytes($$"""{"creationTimestamp":"{{text}}"}"""));

        read.CreationTimestamp!.Value.Kind.Should().Be(DateTimeKind.Utc);
        read.CreationTimestamp.Value.Ticks.Should().BeCloseTo(WholeSecond.Ticks + ticks, 1);
    }

    [Theory]
    [InlineData("😀")]
    [InlineData("a\\😀\"é漢\n")]
    [InlineData("\\uD83D\\uDE00 is text here")]
    [InlineData("\\\\ud83d")]
    [InlineData("👩‍👩‍👧")]
    public void Text_comes_back_as_it_was_and_emoji_are_raw_UTF8(string message)
    {
        var widget = Widget.Named("a");
        widget.Status = new WidgetStatus { Message = message };

        var bytes = KubernetesSerializer.Serialize(widget);

        KubernetesSerializer.Deserialize<Widget>(bytes).Status!.Message.Should().Be(message);
        if (message.Contains('\uD83D'))
        {
            Encoding.UTF8.GetString(bytes).Should().Contain(message.EnumerateRunes().First(rune => rune.Value > 0xFFFF).ToString());
        }

        var node = KubernetesSerializer.Serialize(new JsonObject { ["m"] = message });
        ((string?)JsonNode.Parse(node)!["m"]).Should().Be(message);
        Encoding.UTF8.GetString(node).Should().NotMatchRegex(@"(?<!\\)(\\\\)*\\u[dD]83[dD]");
    }

    [Fact]
    public void A_lone_surrogate_is_replaced_and_breaks_nothing()
    {
        var bytes = KubernetesSerializer.Serialize(new JsonObject { ["m"] = "a\uD83Db" });

        ((string?)JsonNode.Parse(bytes)!["m"]).Should().Be("a\uFFFDb");
    }

    [Theory]
    [InlineData("""{"spec":{"size":7}}""")]
    [InlineData("""{"spec":{"size":"Gigantic"}}""")]
    [InlineData("""{"spec":{"count":"5"}}""")]
    [InlineData("""{"spec":{"since":"soon"}}""")]
    [InlineData("null")]
    [InlineData("{")]
    public void What_does_not_fit_is_a_JsonException(string json)
    {
        var read = () => KubernetesSerializer.Deserialize<Widget>(Encoding.UTF8.GetBytes(json));

        read.Should().Throw<JsonException>();
    }

    [Theory]
    [InlineData("""{"spec":{"containers":[{"name":"c","resources":{"limits":{"cpu":"nonsense"}}}]}}""")]
    [InlineData("""{"spec":{"containers":[{"name":"c","resources":{"limits":{"cpu":""}}}]}}""")]
    [InlineData("""{"spec":{"containers":[{"name":"c","livenessProbe":{"httpGet":{"port":80.5}}}]}}""")]
    public void What_the_converters_of_the_client_refuse_is_a_JsonException_too(string json)
    {
        var read = () => KubernetesSerializer.Deserialize<V1Pod>(Encoding.UTF8.GetBytes(json)).Spec.Containers[0].Resources?.Limits["cpu"].ToDecimal();

        read.Should().Throw<Exception>().Which.Should().Match<Exception>(exception => exception is JsonException || exception is FormatException);
    }

    [Fact]
    public void Enumerations_are_names_and_nulls_are_left_out()
    {
        var widget = Widget.Named("a", 2);
        widget.Spec.Size = WidgetSize.Large;

        Text(widget).Should().Contain("\"spec\":{\"count\":2,\"size\":\"Large\"}").And.NotContain("null");
    }

    [Fact]
    public void Ports_and_quantities_are_written_as_the_API_reads_them()
    {
        var port = Text(new V1ServicePort { Port = 80, TargetPort = "http" });
        port.Should().Be("""{"port":80,"targetPort":"http"}""");
        Text(new V1ResourceRequirements { Limits = new Dictionary<string, ResourceQuantity>(StringComparer.Ordinal) { ["memory"] = new("512Mi") } })
            .Should().Be("""{"limits":{"memory":"512Mi"}}""");
    }

    [Fact]
    public void Canonical_JSON_ignores_order_and_nulls_but_not_values()
    {
        var one = JsonNode.Parse("""{"a":1,"b":[{"x":null,"y":"é"}],"c":null}""");
        var two = JsonNode.Parse("""{"b":[{"y":"\u00e9"}],"a":1}""");

        CanonicalJson.AreEqual(one, two).Should().BeTrue();
        CanonicalJson.Hash(one).Should().Be(CanonicalJson.Hash(two)).And.HaveLength(64);
        CanonicalJson.AreEqual(one, JsonNode.Parse("""{"b":[{"y":"e"}],"a":1}""")).Should().BeFalse();
        CanonicalJson.AreEqual(JsonNode.Parse("[1,2]"), JsonNode.Parse("[2,1]")).Should().BeFalse();
        CanonicalJson.AreEqual(null, JsonNode.Parse("{}")).Should().BeFalse();
    }

    [Fact]
    public void A_clone_shares_nothing()
    {
        var widget = Widget.Named("a", 1);

        var clone = KubernetesSerializer.Clone(widget);
        clone.Metadata.Name = "b";
        clone.Spec.Count = 2;

        (widget.Metadata.Name, widget.Spec.Count).Should().Be(("a", 1));
    }

    private static string Text<T>(T value) => Encoding.UTF8.GetString(KubernetesSerializer.Serialize(value));
}
