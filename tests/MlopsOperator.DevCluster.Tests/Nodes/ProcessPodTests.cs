using System.Text.Json.Nodes;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Nodes;
using MlopsOperator.DevCluster.Tests.Controllers;

namespace MlopsOperator.DevCluster.Tests.Nodes;

public sealed class ProcessPodTests
{
    [Fact]
    public async Task A_process_gets_its_environment_its_arguments_and_its_volumes()
    {
        await using var cluster = await ShellsAsync(pods => pods.Image("sh:*", pod => pod.Process("/bin/sh", "-c").Env("FROM_IMAGE", "image").Env("OWN", "image")));
        await cluster.CreateAsync(ResourceId.ConfigMaps, """{"metadata":{"name":"conf","namespace":"default"},"data":{"level":"high","a.txt":"text of a"}}""");
        await cluster.CreateAsync(ResourceId.Secrets, """{"metadata":{"name":"key","namespace":"default"},"data":{"token":"czNjcmV0"}}""");
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod(
            "a",
            """
            {"image":"sh:1","args":["echo \"$IMAGE_SAYS|$OWN|$LEVEL|$TOKEN|$ME|$WHERE|$BIND_ADDRESS|$COMBINED|$1|$2\"; cat \"$CONF/a.txt\"; echo; cat \"$3/name\"; echo; cat /dev/stdin; pwd","sh","$(OWN)-arg $(UNKNOWN) $$(OWN)","--file=/etc/conf/a.txt","/etc/self"],
            "env":[{"name":"IMAGE_SAYS","value":"$(FROM_IMAGE)"},{"name":"OWN","value":"own"},{"name":"LEVEL","valueFrom":{"configMapKeyRef":{"name":"conf","key":"level"}}},
            {"name":"TOKEN","valueFrom":{"secretKeyRef":{"name":"key","key":"token"}}},{"name":"ME","valueFrom":{"fieldRef":{"fieldPath":"metadata.namespace"}}},
            {"name":"WHERE","valueFrom":{"fieldRef":{"fieldPath":"spec.nodeName"}}},{"name":"COMBINED","value":"$(LEVEL)/$(TOKEN)"},{"name":"CONF","value":"/etc/conf"},
            {"name":"GONE","valueFrom":{"configMapKeyRef":{"name":"none","key":"x","optional":true}}}],
            "volumeMounts":[{"name":"conf","mountPath":"/etc/conf"},{"name":"self","mountPath":"/etc/self"}]}
            """,
            """{"restartPolicy":"Never","volumes":[{"name":"conf","configMap":{"name":"conf"}},{"name":"self","downwardAPI":{"items":[{"path":"name","fieldRef":{"fieldPath":"metadata.name"}}]}}]}"""));
        var pod = await cluster.UntilAsync(ResourceId.Pods, "a", pod => pod.Child("status").Text("phase") is "Succeeded" or "Failed");
        var lines = (await LogAsync(cluster, "a"))!.Split('\n');

        var address = pod.Child("status").Text("podIP")!;
        address.Should().MatchRegex(@"^127\.(6[5-9]|[7-9]\d|1[01]\d|12[0-7])\.");
        var fields = lines[0].Split('|');
        fields[..8].Should().Equal("image", "own", "high", "s3cret", "default", "devcluster", address, "high/s3cret");
        fields[8].Should().Be("own-arg $(UNKNOWN) $(OWN)");
        fields[9].Should().MatchRegex("^--file=/.+/volumes/conf/a.txt$");
        lines[1..3].Should().Equal("text of a", "a");
        pod.Child("status").Text("phase").Should().Be("Succeeded");
        Directory.Exists(lines[3]).Should().BeTrue("the pod has a folder of its own");
    }

    [Fact]
    public async Task What_an_init_container_leaves_is_there_for_the_others_and_its_message_is_in_the_status()
    {
        await using var cluster = await ShellsAsync();
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod(
            "a",
            """{"image":"sh:1","args":["cat \"$0/model\"; exec sleep 60","/mnt/models"],"volumeMounts":[{"name":"models","mountPath":"/mnt/models","readOnly":true}]}""",
            """
            {"volumes":[{"name":"models","emptyDir":{}}],"initContainers":[{"name":"fetch","image":"sh:1","terminationMessagePath":"/run/message",
            "args":["echo weights > \"$0/model\"; echo '{\"bytes\":8}' > \"$1\"; test \"$1\" = \"$TERMINATION_MESSAGE_PATH\"","/mnt/out","/run/message"],"volumeMounts":[{"name":"models","mountPath":"/mnt/out"}]}]}
            """));
        var pod = await cluster.UntilAsync(ResourceId.Pods, "a", pod => pod.HasCondition("Ready"));

        var terminated = pod.Child("status").Items("initContainerStatuses").Single().Child("state").Child("terminated");
        (terminated.Number("exitCode"), terminated.Text("reason"), terminated.Text("message")).Should().Be((0, "Completed", "{\"bytes\":8}\n"));
        (await FollowAsync(cluster, "a", text => text.Contains("weights", StringComparison.Ordinal))).Should().Be("weights\n");
    }

    [Fact]
    public async Task Exit_codes_messages_and_the_end_of_the_log_reach_the_status_and_the_container_starts_again()
    {
        await using var cluster = await ShellsAsync();
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a", """{"image":"sh:1","args":["echo cannot load; exit 7"],"terminationMessagePolicy":"FallbackToLogsOnError"}"""));
        var pod = await cluster.UntilAsync(ResourceId.Pods, "a", pod => Status(pod)?.Child("state").Child("waiting").Text("reason") is "CrashLoopBackOff");

        Status(pod).Number("restartCount").Should().Be(1);
        var terminated = Status(pod).Child("lastState").Child("terminated");
        (terminated.Number("exitCode"), terminated.Text("reason"), terminated.Text("message")).Should().Be((7, "Error", "cannot load\n"));
        (await Logs.ReadAsync(cluster.Node, new PodLogRequest("default", "a", "main") { Previous = true })).Should().Be("cannot load\n");
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_a_start_error_in_plain_words()
    {
        await using var cluster = await ShellsAsync(pods => pods.Image("none", pod => pod.Process("/no/such/program")));
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a", """{"image":"none"}""", """{"restartPolicy":"Never"}"""));
        var pod = await cluster.UntilAsync(ResourceId.Pods, "a", pod => pod.Child("status").Text("phase") is "Failed");

        var terminated = Status(pod).Child("state").Child("terminated");
        (terminated.Number("exitCode"), terminated.Text("reason"), terminated.Text("message"))
            .Should().Be((128, "StartError", "exec: \"/no/such/program\": executable file not found"));
    }

    [Fact]
    public async Task What_a_container_needs_and_does_not_find_is_named_and_waited_for()
    {
        await using var cluster = await ShellsAsync();
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a", """{"image":"sh:1","args":["sleep 60"],"envFrom":[{"configMapRef":{"name":"late"}}]}"""));
        var waiting = await cluster.UntilAsync(ResourceId.Pods, "a", pod => Status(pod)?.Child("state").Child("waiting").Text("reason") is "CreateContainerConfigError");
        await cluster.CreateAsync(ResourceId.ConfigMaps, """{"metadata":{"name":"late","namespace":"default"},"data":{}}""");

        Status(waiting).Child("state").Child("waiting").Text("message").Should().Be("configmap \"late\" not found");
        await cluster.UntilAsync(ResourceId.Pods, "a", pod => pod.HasCondition("Ready"));
    }

    [Theory]
    [InlineData("""{"hostPath":{"path":"/etc"}}""", "mount it with readOnly: true")]
    [InlineData("""{"nfs":{"server":"x","path":"/"}}""", "is of a kind that DevCluster does not have")]
    [InlineData("""{"secret":{"secretName":"absent"}}""", "secret \"absent\" not found")]
    [InlineData("""{"configMap":{"name":"conf","items":[{"key":"a","path":"../../outside"}]}}""", "leads out of its volume")]
    public async Task A_volume_that_cannot_be_made_keeps_the_pod_waiting_with_the_reason(string source, string reason)
    {
        await using var cluster = await ShellsAsync();
        await cluster.CreateAsync(ResourceId.ConfigMaps, """{"metadata":{"name":"conf","namespace":"default"},"data":{"a":"x"}}""");
        var volume = (JsonObject)JsonNode.Parse(source)!;
        volume["name"] = "v";
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod(
            "a", """{"image":"sh:1","args":["sleep 60"],"volumeMounts":[{"name":"v","mountPath":"/v"}]}""", new JsonObject { ["volumes"] = new JsonArray(volume) }.ToJsonString()));
        var pod = await cluster.UntilAsync(ResourceId.Pods, "a", pod => Status(pod)?.Child("state").Child("waiting").Text("message") is not null);

        Status(pod).Child("state").Child("waiting").Text("reason").Should().Be("ContainerCreating");
        Status(pod).Child("state").Child("waiting").Text("message").Should().Contain(reason);
        (await cluster.EventsAsync("FailedMount")).Should().Contain(message => message.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pod_that_handles_SIGTERM_ends_itself_and_its_address_and_folder_go()
    {
        await using var cluster = await ShellsAsync();
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a", """{"image":"sh:1","args":["trap 'echo bye; exit 0' TERM; echo \"$HOME\"; while true; do sleep 0.05; done"]}"""));
        await cluster.UntilAsync(ResourceId.Pods, "a", pod => pod.HasCondition("Ready"));
        var folder = (await FollowAsync(cluster, "a", text => text.EndsWith('\n'))).Trim();
        await using var log = await cluster.Node.OpenAsync(new PodLogRequest("default", "a", "main") { Follow = true }, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(log!);
        await cluster.DeleteAsync(ResourceId.Pods, "a");

        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Should().EndWith("bye\n", "a follower sees the end");
        await cluster.UntilGoneAsync(ResourceId.Pods, "a");
        await cluster.SettleAsync();
        Directory.Exists(folder).Should().BeFalse();
    }

    [Fact]
    public async Task A_pod_that_ignores_SIGTERM_is_killed_with_all_it_started()
    {
        await using var cluster = await ShellsAsync();
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod(
            "a", """{"image":"sh:1","args":["trap '' TERM; sleep 300 & echo $!; while true; do sleep 0.05; done"]}""", """{"terminationGracePeriodSeconds":1}"""));
        await cluster.UntilAsync(ResourceId.Pods, "a", pod => pod.HasCondition("Ready"));
        var child = (await FollowAsync(cluster, "a", text => text.EndsWith('\n'))).Trim();
        await cluster.DeleteAsync(ResourceId.Pods, "a");
        await cluster.UntilGoneAsync(ResourceId.Pods, "a");

        await Processes.UntilGoneAsync(child);
    }

    [Fact]
    public async Task A_program_that_left_the_group_does_not_keep_its_container_alive()
    {
        await using var cluster = await ShellsAsync();
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod("a", """{"image":"sh:1","args":["setsid sleep 300 & echo $!; sleep 0.2; exit 3"]}""", """{"restartPolicy":"Never"}"""));
        var pod = await cluster.UntilAsync(ResourceId.Pods, "a", pod => pod.Child("status").Text("phase") is "Failed");
        var escaped = int.Parse((await LogAsync(cluster, "a"))!, System.Globalization.CultureInfo.InvariantCulture);
        using (var process = System.Diagnostics.Process.GetProcessById(escaped))
        {
            process.Kill();
        }

        Status(pod).Child("state").Child("terminated").Number("exitCode").Should().Be(3);
    }

    [Fact]
    public async Task PreStop_runs_before_SIGTERM()
    {
        await using var cluster = await ShellsAsync();
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod(
            "a", """{"image":"sh:1","args":["trap 'cat \"$HOME/drained\"; exit 0' TERM; echo up; while true; do sleep 0.05; done"],"lifecycle":{"preStop":{"exec":{"command":["sh","-c","echo drained > $HOME/drained"]}}}}"""));
        await cluster.UntilAsync(ResourceId.Pods, "a", pod => pod.HasCondition("Ready"));
        await FollowAsync(cluster, "a", text => text is "up\n");
        await using var log = await cluster.Node.OpenAsync(new PodLogRequest("default", "a", "main") { Follow = true }, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(log!);
        await cluster.DeleteAsync(ResourceId.Pods, "a");

        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Should().Be("up\ndrained\n");
    }

    [Fact]
    public async Task Readiness_follows_its_probe_and_liveness_starts_the_container_again()
    {
        await using var cluster = await ShellsAsync();
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod(
            "a",
            """
            {"image":"sh:1","args":["echo \"$HOME\"; rm -f \"$HOME/dead\"; touch \"$HOME/ready\"; exec sleep 300"],
            "startupProbe":{"exec":{"command":["sh","-c","test -f $HOME/ready"]},"periodSeconds":1,"failureThreshold":30},
            "readinessProbe":{"exec":{"command":["sh","-c","test -f $HOME/ready || { echo not there; exit 1; }"]},"periodSeconds":1,"failureThreshold":1},
            "livenessProbe":{"exec":{"command":["sh","-c","test ! -f $HOME/dead"]},"periodSeconds":1,"failureThreshold":1}}
            """,
            """{"terminationGracePeriodSeconds":1}"""));
        await cluster.UntilAsync(ResourceId.Pods, "a", pod => pod.HasCondition("Ready"));
        var folder = (await FollowAsync(cluster, "a", text => text.EndsWith('\n'))).Trim();
        File.Delete(Path.Combine(folder, "ready"));
        await cluster.UntilAsync(ResourceId.Pods, "a", pod => !pod.HasCondition("Ready"));
        await cluster.UntilEventAsync("Readiness probe failed: not there\n");

        await File.WriteAllTextAsync(Path.Combine(folder, "dead"), "", TestContext.Current.CancellationToken);
        var again = await cluster.UntilAsync(ResourceId.Pods, "a", pod => Status(pod).Number("restartCount") == 1 && pod.HasCondition("Ready"));

        Status(again).Child("lastState").Child("terminated").Number("exitCode").Should().Be(143);
        (await cluster.EventsAsync("Killing")).Should().Equal("Container main failed liveness probe, will be restarted");
    }

    [Fact]
    public async Task Http_and_tcp_probes_reach_the_pods_own_address_and_named_port()
    {
        await using var cluster = await ShellsAsync();
        await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod(
            "a",
            """
            {"image":"sh:1","args":["exec sleep 300"],"ports":[{"name":"http","containerPort":18080}],
            "startupProbe":{"tcpSocket":{"port":18080},"periodSeconds":1,"failureThreshold":30},
            "readinessProbe":{"httpGet":{"path":"/ready","port":"http","httpHeaders":[{"name":"X-Probe","value":"yes"}]},"periodSeconds":1,"failureThreshold":1}}
            """));
        var pod = await cluster.UntilAsync(ResourceId.Pods, "a", pod => pod.Child("status").Text("podIP") is not null);
        await using (var server = await ProbedServer.StartAsync(pod.Child("status").Text("podIP")!, 18080))
        {
            await cluster.UntilAsync(ResourceId.Pods, "a", pod => Status(pod).IsTrue("started"));
            (await cluster.GetAsync(ResourceId.Pods, "a")).HasCondition("Ready").Should().BeFalse("it answers 503");
            await cluster.UntilEventAsync("Readiness probe failed: HTTP probe failed with statuscode: 503");
            server.Status = 204;
            await cluster.UntilAsync(ResourceId.Pods, "a", pod => pod.HasCondition("Ready"));
            server.LastPath.Should().Be("/ready yes");
        }

        await cluster.UntilAsync(ResourceId.Pods, "a", pod => !pod.HasCondition("Ready"));
    }

    [Fact]
    public async Task Pods_get_addresses_of_their_own_and_two_clusters_never_share_one()
    {
        await using var one = await ShellsAsync();
        await using var other = await ShellsAsync();
        var addresses = new List<string?>();
        foreach (var cluster in new[] { one, other })
        {
            foreach (var name in new[] { "a", "b" })
            {
                await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod(name, """{"image":"sh:1","args":["sleep 60"]}"""));
                addresses.Add((await cluster.UntilAsync(ResourceId.Pods, name, pod => pod.HasCondition("Ready"))).Child("status").Text("podIP"));
            }
        }

        addresses.Should().OnlyHaveUniqueItems();
    }

    private static Task<RunningCluster> ShellsAsync(Action<PodOptions>? more = null) => RunningCluster.StartAsync(
        pods =>
        {
            pods.RefuseUnknownImages().Image("sh:*", pod => pod.Process("/bin/sh", "-c"));
            more?.Invoke(pods);
        },
        real: true);

    private static JsonObject? Status(JsonObject pod) => pod.Child("status").Items("containerStatuses").SingleOrDefault();

    private static Task<string?> LogAsync(RunningCluster cluster, string pod) => Logs.ReadAsync(cluster.Node, new PodLogRequest("default", pod, "main"));

    /// <summary>Follows a log until what it said is enough.</summary>
    private static async Task<string> FollowAsync(RunningCluster cluster, string pod, Func<string, bool> enough)
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var stream = await cluster.Node.OpenAsync(new PodLogRequest("default", pod, "main") { Follow = true }, cancelled);
        using var reader = new StreamReader(stream!);
        var text = "";
        var buffer = new char[1_024];
        while (!enough(text) && await reader.ReadAsync(buffer, cancelled) is var count and > 0)
        {
            text += new string(buffer, 0, count);
        }

        return text;
    }
}
