using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Controllers.Deployments;

namespace MlopsOperator.DevCluster.Tests.Controllers;

public sealed class DeploymentTests
{
    [Fact]
    public async Task A_new_deployment_gets_a_replica_set_and_pods_and_becomes_available()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.Deployments, Manifests.Deployment(replicas: 2));
        await cluster.SettleAsync();

        var deployment = await cluster.GetAsync(ResourceId.Deployments, "web");
        var set = (await cluster.ListAsync(ResourceId.ReplicaSets)).Should().ContainSingle().Subject;
        var hash = set.Labels()["pod-template-hash"];
        set.Name().Should().Be($"web-{hash}");
        set.Child("spec").Child("selector").Map("matchLabels").Should().Equal(new Dictionary<string, string> { ["app"] = "web", ["pod-template-hash"] = hash });
        set.Annotations().Should().Equal(new Dictionary<string, string>
        {
            ["deployment.kubernetes.io/desired-replicas"] = "2",
            ["deployment.kubernetes.io/max-replicas"] = "3",
            ["deployment.kubernetes.io/revision"] = "1",
        });
        Same(set["status"], """{"replicas":2,"fullyLabeledReplicas":2,"readyReplicas":2,"availableReplicas":2,"terminatingReplicas":0,"observedGeneration":1}""");
        deployment.Annotations()["deployment.kubernetes.io/revision"].Should().Be("1");
        Same(
            deployment["status"],
            $$"""
            {"observedGeneration":1,"replicas":2,"updatedReplicas":2,"readyReplicas":2,"availableReplicas":2,"terminatingReplicas":0,"conditions":[
            {"type":"Available","status":"True","lastUpdateTime":"2026-01-01T00:00:00Z","lastTransitionTime":"2026-01-01T00:00:00Z","reason":"MinimumReplicasAvailable","message":"Deployment has minimum availability."},
            {"type":"Progressing","status":"True","lastUpdateTime":"2026-01-01T00:00:00Z","lastTransitionTime":"2026-01-01T00:00:00Z","reason":"NewReplicaSetAvailable","message":"ReplicaSet \"{{set.Name()}}\" has successfully progressed."}]}
            """);
        (await cluster.EventsAsync("ScalingReplicaSet")).Should().Equal($"Scaled up replica set {set.Name()} from 0 to 2");
        var pods = await cluster.ListAsync(ResourceId.Pods, $"app=web,pod-template-hash={hash}");
        pods.Should().HaveCount(2).And.OnlyContain(pod => pod.Name().StartsWith($"web-{hash}-") && pod.IsControlledBy(set) && pod.HasCondition("Ready"));
    }

    [Fact]
    public async Task Looking_again_at_what_has_settled_writes_nothing()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.Deployments, Manifests.Deployment(replicas: 2));
        await cluster.SettleAsync();
        var before = await VersionsAsync(cluster);

        cluster.Pods.Default(_ => { });
        await cluster.PassAsync(TimeSpan.FromMinutes(15));

        (await VersionsAsync(cluster)).Should().Equal(before);
    }

    [Fact]
    public async Task A_rolling_update_stays_within_surge_and_availability()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.Default(pod => pod.ReadyAfter(TimeSpan.FromSeconds(2))));
        await cluster.CreateAsync(ResourceId.Deployments, Manifests.Deployment(replicas: 4, strategy: """{"rollingUpdate":{"maxSurge":1,"maxUnavailable":0}}"""));
        await cluster.PassAsync(TimeSpan.FromSeconds(3));
        await cluster.PatchAsync(ResourceId.Deployments, "web", Manifests.Image("i:2"));

        for (var second = 0; second < 20; second++)
        {
            await cluster.PassAsync(TimeSpan.FromSeconds(1));
            var pods = (await cluster.ListAsync(ResourceId.Pods)).Where(pod => !pod.IsBeingDeleted()).ToList();
            pods.Count.Should().BeLessThanOrEqualTo(5);
            pods.Count(pod => pod.HasCondition("Ready")).Should().BeGreaterThanOrEqualTo(4);
        }

        (await cluster.ListAsync(ResourceId.Pods)).Should().HaveCount(4).And.OnlyContain(pod => ImageOf(pod) == "i:2");
        var deployment = await cluster.GetAsync(ResourceId.Deployments, "web");
        deployment.Child("metadata").Number("generation").Should().Be(2);
        deployment.Child("status").Number("observedGeneration").Should().Be(2);
        deployment.Annotations()["deployment.kubernetes.io/revision"].Should().Be("2");
        deployment.Condition("Progressing").Text("reason").Should().Be("NewReplicaSetAvailable");
        var sets = await cluster.ListAsync(ResourceId.ReplicaSets);
        sets.Select(set => set.Child("spec").Number("replicas")).Should().BeEquivalentTo([4, 0]);
    }

    [Fact]
    public async Task A_candidate_that_never_gets_ready_stops_the_update_and_exceeds_its_deadline()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.Image("bad:*", pod => pod.NeverReady()));
        await cluster.CreateAsync(ResourceId.Deployments, Manifests.Deployment(replicas: 4, deadline: 60));
        await cluster.SettleAsync();
        await cluster.PatchAsync(ResourceId.Deployments, "web", Manifests.Image("bad:1"));
        await cluster.PassAsync(TimeSpan.FromSeconds(59));

        var early = await cluster.GetAsync(ResourceId.Deployments, "web");
        early.Condition("Progressing").Text("status").Should().Be("True");
        await cluster.PassAsync(TimeSpan.FromSeconds(5));

        var deployment = await cluster.GetAsync(ResourceId.Deployments, "web");
        deployment.Condition("Progressing").Text("status").Should().Be("False");
        deployment.Condition("Progressing").Text("reason").Should().Be("ProgressDeadlineExceeded");
        deployment.Condition("Progressing").Text("message").Should().EndWith("has timed out progressing.");
        deployment.HasCondition("Available").Should().BeTrue("25% of 4 may be missing");
        (await cluster.ListAsync(ResourceId.Pods)).Count(pod => pod.HasCondition("Ready")).Should().Be(3);

        // What gets ready after all is progress again.
        cluster.Pods.Image("bad:*", pod => pod.ReadyAfter(TimeSpan.Zero));
        await cluster.PassAsync(TimeSpan.FromSeconds(5));
        (await cluster.GetAsync(ResourceId.Deployments, "web")).Condition("Progressing").Text("reason").Should().Be("NewReplicaSetAvailable");
    }

    [Fact]
    public async Task Recreate_waits_for_the_last_old_pod()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.Default(pod => pod.StopsAfter(TimeSpan.FromSeconds(5))));
        await cluster.CreateAsync(ResourceId.Deployments, Manifests.Deployment(replicas: 2, strategy: """{"type":"Recreate"}"""));
        await cluster.SettleAsync();
        await cluster.PatchAsync(ResourceId.Deployments, "web", Manifests.Image("i:2"));
        await cluster.PassAsync(TimeSpan.FromSeconds(4));

        (await cluster.ListAsync(ResourceId.Pods)).Should().HaveCount(2).And.OnlyContain(pod => pod.IsBeingDeleted() && ImageOf(pod) == "i:1");
        await cluster.PassAsync(TimeSpan.FromSeconds(2));

        (await cluster.ListAsync(ResourceId.Pods)).Should().HaveCount(2).And.OnlyContain(pod => !pod.IsBeingDeleted() && ImageOf(pod) == "i:2");
    }

    [Fact]
    public async Task A_paused_deployment_scales_but_does_not_roll()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.Deployments, Manifests.Deployment(replicas: 2));
        await cluster.SettleAsync();
        await cluster.PatchAsync(ResourceId.Deployments, "web", """{"spec":{"paused":true}}""");
        await cluster.SettleAsync();
        var paused = await cluster.GetAsync(ResourceId.Deployments, "web");
        await cluster.PatchAsync(ResourceId.Deployments, "web", Manifests.Image("i:2"));
        await cluster.PatchAsync(ResourceId.Deployments, "web", """{"spec":{"replicas":5}}""");
        await cluster.SettleAsync();

        paused.Condition("Progressing").Text("status").Should().Be("Unknown");
        paused.Condition("Progressing").Text("reason").Should().Be("DeploymentPaused");
        paused.Condition("Progressing").Text("message").Should().Be("Deployment is paused");
        (await cluster.ListAsync(ResourceId.Pods)).Should().HaveCount(5).And.OnlyContain(pod => ImageOf(pod) == "i:1");

        await cluster.PatchAsync(ResourceId.Deployments, "web", """{"spec":{"paused":false}}""");
        await cluster.PassAsync(TimeSpan.FromSeconds(3));

        (await cluster.ListAsync(ResourceId.Pods)).Should().HaveCount(5).And.OnlyContain(pod => ImageOf(pod) == "i:2");
        (await cluster.GetAsync(ResourceId.Deployments, "web")).Condition("Progressing").Text("reason").Should().Be("NewReplicaSetAvailable");
    }

    [Fact]
    public async Task Scaled_to_zero_the_counts_are_left_out()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.Deployments, Manifests.Deployment(replicas: 3));
        await cluster.SettleAsync();
        await cluster.PatchAsync(ResourceId.Deployments, "web", """{"spec":{"replicas":0}}""");
        await cluster.PassAsync(TimeSpan.FromSeconds(2));

        var status = (await cluster.GetAsync(ResourceId.Deployments, "web")).Child("status");
        status!.Select(pair => pair.Key).Should().BeEquivalentTo("observedGeneration", "terminatingReplicas", "conditions");
        (await cluster.ListAsync(ResourceId.Pods)).Should().BeEmpty();
    }

    [Fact]
    public async Task Going_back_to_an_earlier_template_uses_its_replica_set_under_a_new_revision()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.Deployments, Manifests.Deployment());
        await cluster.SettleAsync();
        var first = (await cluster.ListAsync(ResourceId.ReplicaSets)).Single().Name();
        await cluster.PatchAsync(ResourceId.Deployments, "web", Manifests.Image("i:2"));
        await cluster.PassAsync(TimeSpan.FromSeconds(2));
        await cluster.PatchAsync(ResourceId.Deployments, "web", Manifests.Image("i:1"));
        await cluster.PassAsync(TimeSpan.FromSeconds(2));

        var sets = await cluster.ListAsync(ResourceId.ReplicaSets);
        sets.Should().HaveCount(2);
        var set = await cluster.GetAsync(ResourceId.ReplicaSets, first);
        set.Child("spec").Number("replicas").Should().Be(1);
        set.Annotations()["deployment.kubernetes.io/revision"].Should().Be("3");
        (await cluster.GetAsync(ResourceId.Deployments, "web")).Annotations()["deployment.kubernetes.io/revision"].Should().Be("3");
    }

    [Fact]
    public async Task Old_replica_sets_beyond_the_history_limit_are_deleted()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.Deployments, Manifests.Deployment(history: 1));
        foreach (var image in new[] { "i:2", "i:3", "i:4" })
        {
            await cluster.PatchAsync(ResourceId.Deployments, "web", Manifests.Image(image));
            await cluster.PassAsync(TimeSpan.FromSeconds(2));
        }

        (await cluster.ListAsync(ResourceId.ReplicaSets)).Select(set => set.Annotations()["deployment.kubernetes.io/revision"])
            .Should().HaveCount(2).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task MinReadySeconds_delays_availability()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.Deployments, Manifests.Deployment(minReady: 10));
        await cluster.PassAsync(TimeSpan.FromSeconds(9));
        var early = await cluster.GetAsync(ResourceId.Deployments, "web");
        await cluster.PassAsync(TimeSpan.FromSeconds(2));

        early.Child("status").Number("readyReplicas").Should().Be(1);
        early.Child("status").Number("availableReplicas").Should().BeNull();
        (await cluster.GetAsync(ResourceId.Deployments, "web")).Child("status").Number("availableReplicas").Should().Be(1);
    }

    [Fact]
    public async Task A_deployment_that_was_made_again_does_not_take_over_its_predecessors_pods()
    {
        await using var cluster = await RunningCluster.StartAsync(without: EmbeddedController.GarbageCollector);
        await cluster.CreateAsync(ResourceId.Deployments, Manifests.Deployment());
        await cluster.SettleAsync();
        var old = (await cluster.ListAsync(ResourceId.ReplicaSets)).Single();
        await cluster.DeleteAsync(ResourceId.Deployments, "web");
        await cluster.CreateAsync(ResourceId.Deployments, Manifests.Deployment());
        await cluster.PassAsync(TimeSpan.FromSeconds(2));

        var deployment = await cluster.GetAsync(ResourceId.Deployments, "web");
        deployment.Child("status").Number("collisionCount").Should().Be(1);
        (await cluster.ListAsync(ResourceId.ReplicaSets)).Where(set => set.IsControlledBy(deployment)).Should().ContainSingle().Which.Name().Should().NotBe(old.Name());
    }

    [Theory]
    [InlineData(10, "25%", "25%", 3, 2)]
    [InlineData(1, "25%", "25%", 1, 0)]
    [InlineData(4, "0", "0%", 0, 1)]
    [InlineData(3, "50%", "1", 2, 1)]
    public void Shares_of_replicas_are_rounded_up_for_surge_and_down_for_unavailable(int replicas, string surge, string unavailable, int maxSurge, int maxUnavailable)
    {
        var manifest = Manifests.Deployment(replicas: replicas, strategy: $$"""{"rollingUpdate":{"maxSurge":"{{surge}}","maxUnavailable":"{{unavailable}}"} }""");
        var plan = DeploymentPlan.Of((JsonObject)JsonNode.Parse(manifest)!);

        (plan.MaxSurge, plan.MaxUnavailable).Should().Be((maxSurge, maxUnavailable));
    }

    private static string? ImageOf(JsonObject pod) => pod.Child("spec").Items("containers")[0].Text("image");

    private static async Task<IReadOnlyList<string>> VersionsAsync(RunningCluster cluster)
    {
        var versions = new List<string>();
        foreach (var resource in new[] { ResourceId.Deployments, ResourceId.ReplicaSets, ResourceId.Pods, ResourceId.Events, ResourceId.EndpointSlices })
        {
            versions.AddRange((await cluster.ListAsync(resource)).Select(item => $"{item.Name()} {item.Child("metadata").Text("resourceVersion")}"));
        }

        return versions;
    }

    private static void Same(JsonNode? actual, string expected) => JsonNode.DeepEquals(actual, JsonNode.Parse(expected)).Should().BeTrue("it is {0}", actual?.ToJsonString());
}
