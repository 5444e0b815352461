using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Controllers.ReplicaSets;

namespace MlopsOperator.DevCluster.Tests.Controllers;

public sealed class ReplicaSetTests
{
    private const string Set = """
        {"metadata":{"name":"s","namespace":"default"},"spec":{"replicas":3,"selector":{"matchLabels":{"app":"web"}},
        "template":{"metadata":{"labels":{"app":"web"},"annotations":{"note":"x"}},"spec":{"containers":[{"name":"main","image":"i:1"}]}}}}
        """;

    [Fact]
    public async Task A_pod_that_goes_is_replaced()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.ReplicaSets, Set);
        await cluster.SettleAsync();
        var before = await cluster.ListAsync(ResourceId.Pods);
        await cluster.DeleteAsync(ResourceId.Pods, before[0].Name(), grace: 0);
        await cluster.PassAsync(TimeSpan.FromSeconds(1));

        var after = await cluster.ListAsync(ResourceId.Pods);
        after.Should().HaveCount(3).And.OnlyContain(pod => pod.Annotations()["note"] == "x" && pod.HasCondition("Ready"));
        after.Select(pod => pod.Uid()).Should().NotContain(before[0].Uid());
        (await cluster.EventsAsync("SuccessfulCreate")).Should().HaveCount(4);
    }

    [Fact]
    public async Task Scaled_down_the_pod_that_is_not_ready_goes_first()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.ReplicaSets, Set);
        await cluster.SettleAsync();
        var bad = (await cluster.ListAsync(ResourceId.Pods))[1].Name();
        cluster.Pods.Name(bad, pod => pod.NeverReady());
        await cluster.SettleAsync();
        await cluster.PatchAsync(ResourceId.ReplicaSets, "s", """{"spec":{"replicas":2}}""");
        await cluster.PassAsync(TimeSpan.FromSeconds(1));

        (await cluster.ListAsync(ResourceId.Pods)).Select(pod => pod.Name()).Should().HaveCount(2).And.NotContain(bad);
        (await cluster.EventsAsync("SuccessfulDelete")).Should().Equal($"Deleted pod: {bad}");
    }

    [Fact]
    public async Task A_pod_that_cannot_be_created_is_told_in_the_status_until_it_can()
    {
        await using var cluster = await RunningCluster.StartAsync(without: EmbeddedController.ReplicaSet);
        using var stop = new CancellationTokenSource();
        var client = new RefusingClient(cluster.Client, ResourceId.Pods);
        await using var controller = new ReplicaSetController(client, cluster.Clock, NullLogger.Instance);
        var running = controller.RunAsync(stop.Token);
        await cluster.CreateAsync(ResourceId.ReplicaSets, Set);
        var failed = await cluster.UntilAsync(ResourceId.ReplicaSets, "s", set => set.Condition("ReplicaFailure") is not null);
        client.Refuses = false;
        cluster.Clock.Advance(TimeSpan.FromMinutes(1));
        var healed = await cluster.UntilAsync(ResourceId.ReplicaSets, "s", set => set.Child("status").Number("readyReplicas") == 3);

        (failed.Condition("ReplicaFailure").Text("reason"), failed.Condition("ReplicaFailure").Text("message")).Should().Be(("FailedCreate", "exceeded quota"));
        healed.Condition("ReplicaFailure").Should().BeNull();
        (await cluster.EventsAsync("FailedCreate")).Should().Equal("Error creating: exceeded quota");
        await stop.CancelAsync();
        await running.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void Pods_that_serve_least_go_first()
    {
        JsonObject[] pods =
        [
            Pod("old", ready: true, "2026-01-01T00:00:00Z"),
            Pod("young", ready: true, "2026-01-01T01:00:00Z"),
            Pod("unready", ready: false, "2026-01-01T00:00:00Z"),
            Pod("pending", ready: false, "2026-01-01T00:00:00Z", phase: "Pending"),
            Pod("unbound", ready: false, "2026-01-01T00:00:00Z", phase: "Pending", node: ""),
            Pod("cheap", ready: true, "2026-01-01T00:00:00Z", cost: "-5"),
        ];

        DeletionOrder.Sort(pods).Select(pod => pod.Name()).Should().Equal("unbound", "pending", "unready", "cheap", "young", "old");
    }

    private static JsonObject Pod(string name, bool ready, string since, string phase = "Running", string node = "n", string cost = "0") => (JsonObject)JsonNode.Parse(
        $$"""
        {"metadata":{"name":"{{name}}","annotations":{"controller.kubernetes.io/pod-deletion-cost":"{{cost}}"},"creationTimestamp":"2026-01-01T00:00:00Z"},
        "spec":{"nodeName":"{{node}}"},"status":{"phase":"{{phase}}","conditions":[{"type":"Ready","status":"{{(ready ? "True" : "False")}}","lastTransitionTime":"{{since}}"}] } }
        """)!;
}
