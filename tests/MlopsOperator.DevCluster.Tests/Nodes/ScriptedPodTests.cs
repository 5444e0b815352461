using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Tests.Controllers;

namespace MlopsOperator.DevCluster.Tests.Nodes;

public sealed class ScriptedPodTests
{
    [Fact]
    public async Task A_pod_is_bound_started_and_ready()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.Default(pod => pod.ReadyAfter(TimeSpan.FromSeconds(2))));
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a"));
        await cluster.PassAsync(TimeSpan.FromSeconds(1));
        var early = await cluster.GetAsync(ResourceId.Pods, "a");
        await cluster.PassAsync(TimeSpan.FromSeconds(2));
        var late = await cluster.GetAsync(ResourceId.Pods, "a");

        early.Child("spec").Text("nodeName").Should().Be("devcluster");
        early.Child("status").Text("phase").Should().Be("Running");
        early.Child("status").Text("podIP").Should().Be("127.64.0.1");
        early.Child("status").Text("startTime").Should().Be("2026-01-01T00:00:00Z");
        early.HasCondition("Initialized").Should().BeTrue();
        early.Condition("Ready").Text("reason").Should().Be("ContainersNotReady");
        early.Condition("Ready").Text("message").Should().Be("containers with unready status: [main]");
        late.Child("status").Items("conditions").Select(condition => (condition.Text("type"), condition.Text("status"))).Should().Equal(
            ("Initialized", "True"), ("Ready", "True"), ("ContainersReady", "True"), ("PodScheduled", "True"));
        late.Condition("Ready").Text("lastTransitionTime").Should().Be("2026-01-01T00:00:02Z");
        late.Condition("PodScheduled").Text("lastTransitionTime").Should().Be("2026-01-01T00:00:00Z");
        var container = late.Child("status").Items("containerStatuses").Single();
        container.Child("state").Child("running").Text("startedAt").Should().Be("2026-01-01T00:00:00Z");
        (container.IsTrue("ready"), container.IsTrue("started"), container.Number("restartCount")).Should().Be((true, true, 0));
        (await cluster.GetAsync(ResourceId.Nodes, "devcluster")).HasCondition("Ready").Should().BeTrue();
        (await cluster.EventsAsync("Scheduled")).Should().Equal("Successfully assigned default/a to devcluster");
        (await cluster.EventsAsync("Started")).Should().Equal("Started container main");
    }

    [Fact]
    public async Task A_container_that_crashes_is_started_again_with_growing_pauses()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.Default(pod => pod.CrashesAfter(TimeSpan.FromSeconds(1), exitCode: 3, message: "boom")));
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a"));
        var restarts = new List<int?>();
        foreach (var seconds in new[] { 1, 1, 9, 1, 1, 19, 1 })
        {
            await cluster.PassAsync(TimeSpan.FromSeconds(seconds));
            restarts.Add(Status(await cluster.GetAsync(ResourceId.Pods, "a")).Number("restartCount"));
        }

        // Crash at 1 s: at once again; at 2 s: 10 s pause; at 13 s: 20 s pause.
        restarts.Should().Equal(1, 1, 1, 2, 2, 2, 3);
        await cluster.PassAsync(TimeSpan.FromSeconds(1));
        var pod = await cluster.GetAsync(ResourceId.Pods, "a");
        var waiting = Status(pod).Child("state").Child("waiting");
        waiting.Text("reason").Should().Be("CrashLoopBackOff");
        waiting.Text("message").Should().Be($"back-off 40s restarting failed container=main pod=a_default({pod.Uid()})");
        var last = Status(pod).Child("lastState").Child("terminated");
        (last.Number("exitCode"), last.Text("reason"), last.Text("message")).Should().Be((3, "Error", "boom"));
        pod.Child("status").Text("phase").Should().Be("Running");
        (await cluster.EventsAsync("BackOff")).Should().Equal($"Back-off restarting failed container main in pod a_default({pod.Uid()})");
    }

    [Theory]
    [InlineData("Always", 0, "Running", 1)]
    [InlineData("OnFailure", 0, "Succeeded", 0)]
    [InlineData("OnFailure", 2, "Running", 1)]
    [InlineData("Never", 0, "Succeeded", 0)]
    [InlineData("Never", 2, "Failed", 0)]
    public async Task The_restart_policy_decides_what_follows_an_exit(string policy, int code, string phase, int restarts)
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.Default(pod =>
        {
            _ = code == 0 ? pod.CompletesAfter(TimeSpan.FromSeconds(5)) : pod.CrashesAfter(TimeSpan.FromSeconds(5), code);
        }));
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a", spec: $$"""{"restartPolicy":"{{policy}}"}"""));
        await cluster.PassAsync(TimeSpan.FromSeconds(6));

        var pod = await cluster.GetAsync(ResourceId.Pods, "a");
        pod.Child("status").Text("phase").Should().Be(phase);
        Status(pod).Number("restartCount").Should().Be(restarts);
    }

    [Fact]
    public async Task Init_containers_run_one_after_the_other_before_the_others()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.Default(pod => pod.InitCompletesAfter(TimeSpan.FromSeconds(2), "fetched")));
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a", spec: """{"initContainers":[{"name":"one","image":"x"},{"name":"two","image":"x"}]}"""));
        await cluster.PassAsync(TimeSpan.FromSeconds(1));
        var first = await cluster.GetAsync(ResourceId.Pods, "a");
        await cluster.PassAsync(TimeSpan.FromSeconds(2));
        var second = await cluster.GetAsync(ResourceId.Pods, "a");
        await cluster.PassAsync(TimeSpan.FromSeconds(2));
        var last = await cluster.GetAsync(ResourceId.Pods, "a");

        first.Condition("Initialized").Text("message").Should().Be("containers with incomplete status: [one two]");
        first.Child("status").Text("phase").Should().Be("Pending");
        Status(first).Child("state").Child("waiting").Text("reason").Should().Be("PodInitializing");
        Init(first).Select(status => status.Child("state")!.Single().Key).Should().Equal("running", "waiting");
        Init(second).Select(status => status.Child("state")!.Single().Key).Should().Equal("terminated", "running");
        Init(last).Select(status => status.Child("state").Child("terminated").Text("message")).Should().Equal("fetched", "fetched");
        last.HasCondition("Ready").Should().BeTrue();
    }

    [Fact]
    public async Task An_init_container_that_fails_is_tried_again_and_its_message_is_in_the_status()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.Default(pod => pod.InitFails("digest mismatch", 4)));
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a", spec: """{"initContainers":[{"name":"fetch","image":"x"}]}"""));
        await cluster.PassAsync(TimeSpan.FromSeconds(3));

        var pod = await cluster.GetAsync(ResourceId.Pods, "a");
        var init = Init(pod).Single();
        pod.Child("status").Text("phase").Should().Be("Pending");
        init.Child("state").Child("waiting").Text("reason").Should().Be("CrashLoopBackOff");
        var terminated = init.Child("lastState").Child("terminated");
        (terminated.Number("exitCode"), terminated.Text("message")).Should().Be((4, "digest mismatch"));

        // A test heals what was wrong: the next try passes.
        cluster.Pods.Default(_ => { });
        await cluster.PassAsync(TimeSpan.FromSeconds(15));
        (await cluster.GetAsync(ResourceId.Pods, "a")).HasCondition("Ready").Should().BeTrue();
    }

    [Fact]
    public async Task An_init_container_that_fails_ends_a_pod_that_is_never_restarted()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.Default(pod => pod.InitFails("no")));
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a", spec: """{"restartPolicy":"Never","initContainers":[{"name":"fetch","image":"x"}]}"""));
        await cluster.SettleAsync();

        (await cluster.GetAsync(ResourceId.Pods, "a")).Child("status").Text("phase").Should().Be("Failed");
    }

    [Fact]
    public async Task A_pod_whose_node_selector_does_not_match_waits_unscheduled()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.NodeLabels["disk"] = "ssd");
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a", spec: """{"nodeSelector":{"gpu":"yes"}}"""));
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("b", spec: """{"nodeSelector":{"disk":"ssd","kubernetes.io/os":"linux"}}"""));
        await cluster.SettleAsync();

        var pod = await cluster.GetAsync(ResourceId.Pods, "a");
        pod.Child("status").Text("phase").Should().Be("Pending");
        var scheduled = pod.Condition("PodScheduled");
        (scheduled.Text("status"), scheduled.Text("reason")).Should().Be(("False", "Unschedulable"));
        scheduled.Text("message").Should().StartWith("0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.");
        (await cluster.EventsAsync("FailedScheduling")).Should().ContainSingle();
        (await cluster.GetAsync(ResourceId.Pods, "b")).HasCondition("Ready").Should().BeTrue();
    }

    [Fact]
    public async Task A_pod_that_is_unschedulable_by_rule_is_bound_when_the_rule_goes()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.Label("app", "web", pod => pod.Unschedulable("no room")));
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a"));
        await cluster.SettleAsync();
        var before = await cluster.GetAsync(ResourceId.Pods, "a");
        cluster.Pods.Label("app", "web", _ => { });
        await cluster.SettleAsync();

        before.Condition("PodScheduled").Text("message").Should().Be("no room");
        (await cluster.GetAsync(ResourceId.Pods, "a")).HasCondition("Ready").Should().BeTrue();
    }

    [Fact]
    public async Task An_image_that_is_not_known_is_not_pulled_and_the_message_says_what_is()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.RefuseUnknownImages().Image("server:*", _ => { }).Image("fetcher:1", _ => { }));
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a", image: "servr:1"));
        await cluster.PassAsync(TimeSpan.FromSeconds(2));

        var waiting = Status(await cluster.GetAsync(ResourceId.Pods, "a")).Child("state").Child("waiting");
        waiting.Text("reason").Should().Be("ImagePullBackOff");
        waiting.Text("message").Should().Be("Back-off pulling image \"servr:1\": DevCluster does not know the image \"servr:1\"; it knows: fetcher:1, server:*");
        (await cluster.EventsAsync("Failed")).Should().ContainSingle().Which.Should().StartWith("Failed to pull image \"servr:1\"");

        cluster.Pods.Image("servr:1", _ => { });
        await cluster.PassAsync(TimeSpan.FromSeconds(1));
        (await cluster.GetAsync(ResourceId.Pods, "a")).HasCondition("Ready").Should().BeTrue();
    }

    [Fact]
    public async Task A_deleted_pod_has_its_grace_and_goes_when_it_has_stopped()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.Default(pod => pod.StopsAfter(TimeSpan.FromSeconds(4))));
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a", """{"lifecycle":{"preStop":{"sleep":{"seconds":5}}}}"""));
        await cluster.SettleAsync();
        await cluster.DeleteAsync(ResourceId.Pods, "a");
        await cluster.PassAsync(TimeSpan.FromSeconds(8));
        var stopping = await cluster.GetAsync(ResourceId.Pods, "a");
        await cluster.PassAsync(TimeSpan.FromSeconds(2));

        stopping.HasCondition("Ready").Should().BeTrue("it serves until it has stopped");
        (await cluster.EventsAsync("Killing")).Should().Equal("Stopping container main");
        (await cluster.FindAsync(ResourceId.Pods, "a")).Should().BeNull();
    }

    [Fact]
    public async Task A_pod_that_ignores_SIGTERM_is_killed_when_its_grace_is_over()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.Default(pod => pod.IgnoresSigterm()));
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a", spec: """{"terminationGracePeriodSeconds":10}"""));
        await cluster.SettleAsync();
        await cluster.DeleteAsync(ResourceId.Pods, "a");
        await cluster.PassAsync(TimeSpan.FromSeconds(9));
        var stopping = await cluster.FindAsync(ResourceId.Pods, "a");
        await cluster.PassAsync(TimeSpan.FromSeconds(2));

        stopping.Should().NotBeNull();
        (await cluster.FindAsync(ResourceId.Pods, "a")).Should().BeNull();
    }

    [Fact]
    public async Task A_pod_of_the_same_name_is_another_pod()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.Default(pod => pod.ReadyAfter(TimeSpan.FromSeconds(5))));
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a"));
        await cluster.PassAsync(TimeSpan.FromSeconds(6));
        await cluster.DeleteAsync(ResourceId.Pods, "a", grace: 0);
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a"));
        await cluster.SettleAsync();

        var pod = await cluster.GetAsync(ResourceId.Pods, "a");
        pod.HasCondition("Ready").Should().BeFalse();
        pod.Child("status").Text("podIP").Should().Be("127.64.0.2");
    }

    [Fact]
    public async Task Scripted_containers_write_the_lines_they_are_given()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.Default(pod => pod.Logs("one", "two").CrashesAfter(TimeSpan.FromSeconds(5))));
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a"));
        await cluster.PassAsync(TimeSpan.FromSeconds(6));

        (await Logs.ReadAsync(cluster.Node, new PodLogRequest("default", "a", "main") { TailLines = 1, Timestamps = true })).Should().Be("2026-01-01T00:00:05.000000000Z two\n");
        (await Logs.ReadAsync(cluster.Node, new PodLogRequest("default", "a", "main") { Previous = true, LimitBytes = 5 })).Should().Be("one\nt");
        (await Logs.ReadAsync(cluster.Node, new PodLogRequest("default", "nobody", "main"))).Should().BeNull();
    }

    [Fact]
    public async Task A_readiness_gate_holds_a_pod_back_until_its_condition_is_true()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a", spec: """{"readinessGates":[{"conditionType":"example.com/warm"}]}"""));
        await cluster.SettleAsync();
        var cold = await cluster.GetAsync(ResourceId.Pods, "a");
        ((JsonArray)cold["status"]!["conditions"]!).Add(new JsonObject { ["type"] = "example.com/warm", ["status"] = "True" });
        await cluster.Client.UpdateStatusAsync(ResourceId.Pods, (JsonObject)cold.DeepClone(), TestContext.Current.CancellationToken);
        await cluster.SettleAsync();

        (cold.HasCondition("ContainersReady"), cold.HasCondition("Ready")).Should().Be((true, false));
        cold.Condition("Ready").Text("reason").Should().Be("ReadinessGatesNotReady");
        var warm = await cluster.GetAsync(ResourceId.Pods, "a");
        warm.HasCondition("Ready").Should().BeTrue();
        warm.HasCondition("example.com/warm").Should().BeTrue("conditions of others stay");
    }

    [Fact]
    public async Task A_pod_for_another_node_or_scheduler_is_left_alone()
    {
        await using var cluster = await RunningCluster.StartAsync();
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a", spec: """{"nodeName":"elsewhere"}"""));
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("b", spec: """{"schedulerName":"other"}"""));
        await cluster.PassAsync(TimeSpan.FromSeconds(5));

        (await cluster.GetAsync(ResourceId.Pods, "a")).Child("status").Items("containerStatuses").Should().BeEmpty();
        (await cluster.GetAsync(ResourceId.Pods, "b")).Child("spec").Text("nodeName").Should().BeNull();
    }

    [Fact]
    public async Task A_grace_that_is_shortened_holds()
    {
        await using var cluster = await RunningCluster.StartAsync(pods => pods.Default(pod => pod.IgnoresSigterm()));
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a", spec: """{"terminationGracePeriodSeconds":300}"""));
        await cluster.SettleAsync();
        await cluster.DeleteAsync(ResourceId.Pods, "a");
        await cluster.PassAsync(TimeSpan.FromSeconds(5));
        await cluster.DeleteAsync(ResourceId.Pods, "a", grace: 10);
        await cluster.PassAsync(TimeSpan.FromSeconds(4));
        var before = await cluster.FindAsync(ResourceId.Pods, "a");
        await cluster.PassAsync(TimeSpan.FromSeconds(3));

        before.Should().NotBeNull();
        (await cluster.FindAsync(ResourceId.Pods, "a")).Should().BeNull();
    }

    private static JsonObject Status(JsonObject pod) => pod.Child("status").Items("containerStatuses").Single();

    private static IReadOnlyList<JsonObject> Init(JsonObject pod) => pod.Child("status").Items("initContainerStatuses");
}
