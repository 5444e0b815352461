using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;

namespace MlopsOperator.DevCluster.Tests;

public sealed class ClusterClientTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_object_is_created_read_changed_and_deleted()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(cancellationToken: Cancelled);
        var client = cluster.ClientFor("test");

        var created = await client.CreateAsync(ResourceId.ConfigMaps, ConfigMap("a", "1"), Cancelled);
        created["data"]!["x"] = "2";
        await client.UpdateAsync(ResourceId.ConfigMaps, created, Cancelled);
        var read = await client.GetAsync(ResourceId.ConfigMaps, "default", "a", Cancelled);
        var stale = () => client.UpdateAsync(ResourceId.ConfigMaps, created, Cancelled);
        created["data"]!["x"] = "3";

        read!["data"]!["x"]!.GetValue<string>().Should().Be("2");
        (await stale.Should().ThrowAsync<ClusterApiException>()).Which.Reason.Should().Be("Conflict");
        await client.DeleteAsync(ResourceId.ConfigMaps, "default", "a", (string?)read["metadata"]!["uid"], null, null, Cancelled);
        (await client.GetAsync(ResourceId.ConfigMaps, "default", "a", Cancelled)).Should().BeNull();
    }

    [Fact]
    public async Task A_watch_shows_what_is_there_and_then_each_change()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(cancellationToken: Cancelled);
        var client = cluster.ClientFor("test");
        await client.CreateAsync(ResourceId.ConfigMaps, ConfigMap("a", "1"), Cancelled);

        await using var changes = client.WatchAsync(ResourceId.ConfigMaps, Cancelled).GetAsyncEnumerator(Cancelled);
        (await changes.MoveNextAsync()).Should().BeTrue();
        var first = changes.Current;
        var next = changes.MoveNextAsync();
        await client.MergePatchAsync(ResourceId.ConfigMaps, "default", "a", new JsonObject { ["data"] = new JsonObject { ["x"] = "2" } }, Cancelled);
        (await next).Should().BeTrue();
        var second = changes.Current;
        await client.DeleteAsync(ResourceId.ConfigMaps, "default", "a", null, null, null, Cancelled);
        (await changes.MoveNextAsync()).Should().BeTrue();

        first.Type.Should().Be("ADDED");
        second.Type.Should().Be("MODIFIED");
        second.Object["data"]!["x"]!.GetValue<string>().Should().Be("2");
        changes.Current.Type.Should().Be("DELETED");
    }

    private static JsonObject ConfigMap(string name, string value) => new()
    {
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "default" },
        ["data"] = new JsonObject { ["x"] = value },
    };
}
