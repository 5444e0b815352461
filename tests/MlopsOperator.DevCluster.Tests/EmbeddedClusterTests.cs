using System.Diagnostics;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using MlopsOperator.DevCluster.Controllers;

namespace MlopsOperator.DevCluster.Tests;

public sealed class EmbeddedClusterTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_typed_client_creates_lists_and_watches()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(o => o.ApiOnly = true, Cancelled);
        using var client = cluster.CreateClient();
        await client.CoreV1.CreateNamespacedConfigMapAsync(Map("a"), "default", cancellationToken: Cancelled);
        var seen = new List<(WatchEventType, string)>();

        await foreach (var (type, item) in client.CoreV1.WatchListNamespacedConfigMapAsync("default", cancellationToken: Cancelled))
        {
            seen.Add((type, item.Name()));
            if (seen.Count == 2)
            {
                break;
            }

            await client.CoreV1.CreateNamespacedConfigMapAsync(Map("b"), "default", cancellationToken: Cancelled);
        }

        seen.Should().Equal((WatchEventType.Added, "a"), (WatchEventType.Added, "b"));
        (await client.CoreV1.ListNamespacedConfigMapAsync("default", cancellationToken: Cancelled)).Items.Should().HaveCount(2);
    }

    [Fact]
    public async Task Applied_manifests_may_be_many_and_a_refused_one_is_named()
    {
        await using var cluster = await ModelKind.StartAsync();

        await cluster.ApplyAsync("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a}
            data: {x: "1"}
            ---
            # nothing here
            ---
            apiVersion: example.com/v1
            kind: Model
            metadata: {name: m}
            spec: {model: income}
            """, Cancelled);
        var unknown = () => cluster.ApplyAsync("apiVersion: example.com/v1\nkind: Nothing\nmetadata: {name: z}", Cancelled);
        var invalid = () => cluster.ApplyAsync("apiVersion: example.com/v1\nkind: Model\nmetadata: {name: z}\nspec: {}", Cancelled);

        (await cluster.CallAsync("GET", ModelKind.Path + "/m")).Body["spec"]!["replicas"]!.GetValue<int>().Should().Be(1);
        (await unknown.Should().ThrowAsync<InvalidOperationException>()).WithMessage("Nothing z: *does not serve*");
        (await invalid.Should().ThrowAsync<InvalidOperationException>()).WithMessage("Model z: *spec.model: Required value*");
    }

    [Fact]
    public async Task Requests_say_whether_they_changed_anything()
    {
        await using var cluster = await ModelKind.StartAsync();
        const string manifest = "apiVersion: example.com/v1\nkind: Model\nmetadata: {name: m}\nspec: {model: income}";
        await cluster.ApplyAsync(manifest, Cancelled);
        var mark = cluster.Requests.Mark();

        await cluster.ApplyAsync(manifest, Cancelled);
        await cluster.MergeAsync(ModelKind.Path + "/m", """{"spec":{"replicas":5}}""");

        cluster.Requests.Since(mark).Select(r => (r.Method, r.Manager, r.Status, r.Changed)).Should().Equal(("PATCH", "apply", 200, false), ("PATCH", "test", 200, true));
    }

    [Fact]
    public async Task Versions_of_an_object_are_remembered_in_order()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(o => o.ApiOnly = true, Cancelled);
        foreach (var value in new[] { "1", "2", "2", "3" })
        {
            await cluster.ApplyAsync($"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a}}\ndata: {{x: \"{value}\"}}", Cancelled);
        }

        cluster.History<V1ConfigMap>("a").Select(map => map.Data["x"]).Should().Equal("1", "2", "3");
    }

    [Fact]
    public async Task Waiting_ends_with_the_event_that_meets_the_condition_or_tells_what_is_there()
    {
        var clock = new FakeTimeProvider();
        await using var cluster = await EmbeddedCluster.StartAsync(o => (o.ApiOnly, o.Time) = (true, clock), Cancelled);
        await cluster.ApplyAsync("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: first}", Cancelled);

        var met = cluster.UntilAsync<V1ConfigMap>("a", map => map.Data["x"] is "second", cancellationToken: Cancelled);
        await cluster.ApplyAsync("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: second}", Cancelled);
        (await met).Data["x"].Should().Be("second");

        var never = cluster.UntilAsync<V1ConfigMap>("a", map => map.Data["x"] is "third", TimeSpan.FromSeconds(5), cancellationToken: Cancelled);
        clock.Advance(TimeSpan.FromSeconds(6));
        var failure = () => never;
        (await failure.Should().ThrowAsync<TimeoutException>()).WithMessage("ConfigMap default/a did not meet the condition within 00:00:05*\"x\":\"second\"*");
    }

    [Fact]
    public async Task Waiting_in_vain_shows_the_logs_of_the_pods_that_the_object_owns()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(
            o => o.Pods.Default(rule => rule.Logs("loading the model", "no such file").NeverReady()).Label("app", "other", rule => rule.Logs("of somebody else")),
            Cancelled);
        await cluster.ApplyAsync("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: d}
            spec:
              selector: {matchLabels: {app: d}}
              template: {metadata: {labels: {app: d}}, spec: {containers: [{name: server, image: x}]}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: other, labels: {app: other}}
            spec: {containers: [{name: server, image: x}]}
            """, Cancelled);
        await cluster.UntilAsync<V1Pod>("other", pod => pod.Status?.Phase is "Running", cancellationToken: Cancelled);
        await cluster.UntilAsync<V1Deployment>("d", d => d.Status?.UnavailableReplicas == 1, cancellationToken: Cancelled);
        await cluster.SettleAsync(Cancelled);

        var never = () => cluster.UntilAsync<V1Deployment>("d", d => d.Status?.ReadyReplicas == 1, TimeSpan.FromMilliseconds(300), cancellationToken: Cancelled);

        (await never.Should().ThrowAsync<TimeoutException>()).Which.Message.Should()
            .StartWith("Deployment default/d did not meet the condition within")
            .And.MatchRegex("Pod default/d-[a-z0-9-]+ is Running\nlog of d-[a-z0-9-]+/server:\nloading the model\nno such file")
            .And.NotContain("of somebody else");
    }

    [Fact]
    public async Task A_component_that_fails_is_told_and_the_port_is_free_all_the_same()
    {
        var cluster = await EmbeddedCluster.StartAsync(o => o.Components.Add(new Broken()), Cancelled);
        var port = await PortAsync(cluster);

        var dispose = async () => await cluster.DisposeAsync();

        await dispose.Should().ThrowAsync<InvalidOperationException>().WithMessage("broken on purpose");
        await using var next = await EmbeddedCluster.StartAsync(o => o.ApiOnly = true, Cancelled);
        await next.ListenAsync(port, Cancelled);
    }

    [Fact]
    public async Task A_port_that_is_in_use_is_refused_and_another_may_be_tried()
    {
        await using var first = await EmbeddedCluster.StartAsync(o => o.ApiOnly = true, Cancelled);
        await using var second = await EmbeddedCluster.StartAsync(o => o.ApiOnly = true, Cancelled);
        var port = await PortAsync(first);

        var taken = () => second.ListenAsync(port, Cancelled);

        await taken.Should().ThrowAsync<IOException>().WithMessage("*address already in use*");
        (await PortAsync(second)).Should().NotBe(port);
    }

    [Theory]
    [InlineData("pods/p/exec", "*no exec*")]
    [InlineData("pods/p/portforward", "*no port-forward: connect to the pod's address*")]
    [InlineData("services/s/proxy", "*no proxy*")]
    public async Task What_is_not_served_is_refused_with_the_way_round(string path, string message)
    {
        await using var cluster = await EmbeddedCluster.StartAsync(o => o.ApiOnly = true, Cancelled);

        var (status, body) = await cluster.CallAsync("POST", "/api/v1/namespaces/default/" + path);

        (status, (string?)body["reason"]).Should().Be((501, "NotImplemented"));
        ((string?)body["message"]).Should().Match(message);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_uids()
    {
        await using var one = await EmbeddedCluster.StartAsync(o => (o.ApiOnly, o.Seed) = (true, 7), Cancelled);
        await using var two = await EmbeddedCluster.StartAsync(o => (o.ApiOnly, o.Seed) = (true, 7), Cancelled);

        var first = await one.CallAsync("POST", "/api/v1/namespaces/default/configmaps", """{"metadata":{"generateName":"x-"}}""");
        var second = await two.CallAsync("POST", "/api/v1/namespaces/default/configmaps", """{"metadata":{"generateName":"x-"}}""");

        ((string?)first.Body["metadata"]!["uid"]).Should().Be((string?)second.Body["metadata"]!["uid"]);
        ((string?)first.Body["metadata"]!["name"]).Should().Be((string?)second.Body["metadata"]!["name"]);
    }

    [Fact]
    public async Task A_warm_cluster_is_ready_within_300_milliseconds()
    {
        var best = TimeSpan.MaxValue;

        // The first start compiles the code, and other tests run beside this one: the best of a few counts.
        for (var i = 0; i < 5; i++)
        {
            var watch = Stopwatch.StartNew();
            await using var cluster = await EmbeddedCluster.StartAsync(cancellationToken: Cancelled);
            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        best.Should().BeLessThan(TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public async Task A_broken_definition_stops_the_start_with_its_reason()
    {
        var start = () => EmbeddedCluster.StartAsync(o => o.Crds.FromText(ModelKind.Definition.Replace("self.model == oldSelf.model", "self.model.nonsense()", StringComparison.Ordinal)), Cancelled);

        (await start.Should().ThrowAsync<InvalidOperationException>()).WithMessage("CustomResourceDefinition models.example.com: *nonsense*");
    }

    private static V1ConfigMap Map(string name) => new() { Metadata = new V1ObjectMeta { Name = name } };

    private static async Task<int> PortAsync(EmbeddedCluster cluster)
    {
        var kubeconfig = await cluster.ListenAsync(cancellationToken: Cancelled);
        var server = kubeconfig.Split('\n').Single(line => line.Contains("server: ", StringComparison.Ordinal));
        return new Uri(server.Split("server: ")[1]).Port;
    }

    private sealed class Broken : IClusterComponent
    {
        public bool IsIdle => true;

        public Task RunAsync(IClusterClient client, CancellationToken cancellationToken) => Task.FromException(new InvalidOperationException("broken on purpose"));
    }
}
