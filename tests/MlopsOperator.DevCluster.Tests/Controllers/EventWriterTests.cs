using MlopsOperator.DevCluster.Controllers;

namespace MlopsOperator.DevCluster.Tests.Controllers;

public sealed class EventWriterTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_repeats_is_counted_and_what_differs_is_another_event()
    {
        await using var cluster = await RunningCluster.StartAsync();
        var subject = await cluster.CreateAsync(ResourceId.ConfigMaps, """{"metadata":{"name":"a","namespace":"default"}}""");
        var events = new EventWriter(cluster.Client, cluster.Clock, "tester", "here");
        await events.WriteAsync(ResourceId.ConfigMaps, subject, "Warning", "Bad", "it is bad", "data{x}", Cancelled);
        cluster.Clock.Advance(TimeSpan.FromSeconds(30));
        await events.WriteAsync(ResourceId.ConfigMaps, subject, "Warning", "Bad", "it is bad", "data{x}", Cancelled);
        await events.WriteAsync(ResourceId.ConfigMaps, subject, "Normal", "Good", "it is good", null, Cancelled);

        var all = await cluster.ListAsync(ResourceId.Events);
        all.Should().HaveCount(2);
        var bad = all.Single(item => item.Text("reason") is "Bad");
        bad.Number("count").Should().Be(2);
        (bad.Text("firstTimestamp"), bad.Text("lastTimestamp")).Should().Be(("2026-01-01T00:00:00Z", "2026-01-01T00:00:30Z"));
        var about = bad.Child("involvedObject");
        (about.Text("kind"), about.Text("name"), about.Text("uid"), about.Text("fieldPath")).Should().Be(("ConfigMap", "a", subject.Uid(), "data{x}"));
        (bad.Child("source").Text("component"), bad.Child("source").Text("host"), bad.Text("type")).Should().Be(("tester", "here", "Warning"));
    }

    [Fact]
    public async Task An_event_that_cannot_be_written_holds_nothing_up_and_is_written_when_it_can_be()
    {
        await using var cluster = await RunningCluster.StartAsync();
        var subject = await cluster.CreateAsync(ResourceId.ConfigMaps, """{"metadata":{"name":"a","namespace":"default"}}""");
        var client = new RefusingClient(cluster.Client, ResourceId.Events);
        var events = new EventWriter(client, cluster.Clock, "tester");
        await events.WriteAsync(ResourceId.ConfigMaps, subject, "Normal", "Done", "done", null, Cancelled);
        (await cluster.EventsAsync("Done")).Should().BeEmpty();
        client.Refuses = false;
        await events.WriteAsync(ResourceId.ConfigMaps, subject, "Normal", "Done", "done", null, Cancelled);

        (await cluster.EventsAsync("Done")).Should().Equal("done");
    }

    [Theory]
    [InlineData("""{}""", false)]
    [InlineData("""{"matchLabels":{"app":"web"}}""", true)]
    [InlineData("""{"matchLabels":{"app":"web","tier":"x"}}""", false)]
    [InlineData("""{"matchExpressions":[{"key":"app","operator":"In","values":["web","api"]}]}""", true)]
    [InlineData("""{"matchExpressions":[{"key":"app","operator":"NotIn","values":["web"]}]}""", false)]
    [InlineData("""{"matchExpressions":[{"key":"tier","operator":"NotIn","values":["web"]}]}""", true)]
    [InlineData("""{"matchExpressions":[{"key":"app","operator":"Exists"},{"key":"tier","operator":"DoesNotExist"}]}""", true)]
    [InlineData("""{"matchExpressions":[{"key":"app","operator":"Like","values":["w"]}]}""", false)]
    public void Selectors_select_as_workloads_do(string selector, bool expected) =>
        LabelSelection.Matches((System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(selector)!, new Dictionary<string, string> { ["app"] = "web" }).Should().Be(expected);
}
