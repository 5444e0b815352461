using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlopsOperator.ControllerRuntime.Watching;

namespace MlopsOperator.ControllerRuntime.Tests.Watching;

public sealed class RawObjectTests
{
    [Theory]
    [InlineData("""{"metadata":{"name":"a","managedFields":[{"f":{"x":1}}],"uid":"u"},"spec":{}}""")]
    [InlineData("""{"metadata":{"managedFields":[],"name":"a","uid":"u"},"spec":{}}""")]
    [InlineData("""{"metadata":{"name":"a","uid":"u" , "managedFields" : [ {} ] },"spec":{}}""")]
    [InlineData("""{"spec":{},"metadata":{"uid":"u","name":"a"}}""")]
    public void ManagedFields_are_cut_out_and_the_rest_stays(string json)
    {
        var raw = Parse(json);

        raw.Key.Should().Be(new ObjectKey(null, "a"));
        raw.Uid.Should().Be("u");
        var expected = JsonNode.Parse(json)!;
        expected["metadata"]!.AsObject().Remove("managedFields");
        JsonNode.DeepEquals(JsonNode.Parse(raw.Json.Span), expected).Should().BeTrue();
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"a","resourceVersion":"1"},"spec":{"x":1},"status":{"y":1}}""", """{"metadata":{"name":"a","resourceVersion":"22"},"spec":{"x":1},"status":{"y":2,"z":3}}""", true)]
    [InlineData("""{"metadata":{"name":"a","resourceVersion":"1"},"spec":{"x":1}}""", """{"metadata":{"name":"a","resourceVersion":"2"},"spec":{"x":1},"status":{}}""", true)]
    [InlineData("""{"status":{},"metadata":{"resourceVersion":"1","name":"a"},"spec":{"x":1}}""", """{"status":{"a":1},"metadata":{"resourceVersion":"2","name":"a"},"spec":{"x":1}}""", true)]
    [InlineData("""{"metadata":{"name":"a","resourceVersion":"1"},"spec":{"x":1}}""", """{"metadata":{"name":"a","resourceVersion":"2"},"spec":{"x":2}}""", false)]
    [InlineData("""{"metadata":{"name":"a","resourceVersion":"1"}}""", """{"metadata":{"name":"a","resourceVersion":"2","labels":{"l":"1"}}}""", false)]
    [InlineData("""{"metadata":{"name":"a","annotations":{"status":"1"}}}""", """{"metadata":{"name":"a","annotations":{"status":"2"}}}""", false)]
    public void Only_resourceVersion_and_status_do_not_count_as_a_change(string before, string after, bool equal)
    {
        Parse(before).EqualsButForStatus(Parse(after)).Should().Be(equal);
    }

    [Theory]
    [InlineData("""{"metadata":{"namespace":"n"}}""")]
    [InlineData("""{"spec":{}}""")]
    [InlineData("""{"metadata":[]}""")]
    [InlineData("""{"metadata":{"name":7}}""")]
    [InlineData("""["a"]""")]
    [InlineData("")]
    public void What_is_no_object_is_refused(string json)
    {
        var parse = () => Parse(json);

        parse.Should().Throw<JsonException>();
    }

    [Theory]
    [InlineData("9", "10", -1)]
    [InlineData("10", "9", 1)]
    [InlineData("100", "100", 0)]
    [InlineData("", "1", -1)]
    [InlineData(null, "1", -1)]
    [InlineData("199", "200", -1)]
    public void The_longer_version_is_newer_then_the_lexically_greater(string? left, string? right, int order)
    {
        Math.Sign(ResourceVersions.Compare(left, right)).Should().Be(order);
    }

    private static RawObject Parse(string json) => RawObject.Parse(Encoding.UTF8.GetBytes(json));
}
