using MlopsOperator.Demo.Scenarios;
using MlopsOperator.Demo.Traffic;
using MlopsOperator.DevCluster;

namespace MlopsOperator.Demo.Tests.Scenarios;

public sealed class RolloutWatcherTests
{
    private const string Rollouts = "/apis/mlops-operator.io/v1alpha1/namespaces/demo/modelrollouts";

    private const string Crashing = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: demo}
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: mlops-system}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: dead-child, namespace: mlops-system}
        spec: {containers: [{name: manager, image: "crashing:1"}]}
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task What_did_not_happen_in_time_is_told_with_the_pod_that_is_in_trouble_its_reason_and_its_last_exit_code()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var cluster = await EmbeddedCluster.StartAsync(
            options =>
            {
                options.Crds.FromFolder(DemoPlaces.Find().Crds);
                options.Pods.Image("crashing:*", rule => rule.CrashesAfter(TimeSpan.FromMilliseconds(1), exitCode: 7));
            },
            cancellation);
        await cluster.ApplyAsync(Crashing, cancellation);
        await cluster.UntilAsync<k8s.Models.V1Pod>("dead-child", pod => pod.Status?.ContainerStatuses?[0].State?.Waiting?.Reason is "CrashLoopBackOff", @namespace: "mlops-system", cancellationToken: cancellation);
        using var http = new HttpClient(cluster.CreateHandler()) { BaseAddress = new Uri("http://cluster/") };
        await using var watcher = new RolloutWatcher(new ClusterApi(http), new TrafficLog(), new Recorder(), TimeProvider.System);

        var wait = () => watcher.UntilAsync("The first version serving", TimeSpan.Zero, (_, _) => false, cancellation);

        var message = (await wait.Should().ThrowAsync<DemoFailure>()).Which.Message;
        message.Should().StartWith("The first version serving did not happen within 0 s.");
        message.Should().Contain("mlops-system/dead-child").And.Contain("container manager").And.Contain("CrashLoopBackOff").And.Contain("last exit code 7");
    }

    [Fact]
    public async Task A_watch_that_breaks_is_told_rather_than_waited_for_and_ends_without_another_error()
    {
        using var server = new ScriptedServer(_ => "not JSON");
        using var http = server.Client();
        var watcher = new RolloutWatcher(new ClusterApi(http), new TrafficLog(), new Recorder(), TimeProvider.System);

        var wait = () => watcher.UntilAsync("anything", Patience, (_, _) => false, TestContext.Current.CancellationToken);

        await wait.Should().ThrowAsync<DemoFailure>().WithMessage("The watch of the ModelRollouts broke*");
        var end = async () => await watcher.DisposeAsync();
        await end.Should().NotThrowAsync();
    }

    [Fact]
    public async Task A_watch_that_the_server_refuses_is_told_with_its_words()
    {
        using var server = new ScriptedServer(path => path.Contains("watch=true", StringComparison.Ordinal)
            ? """{"type":"ERROR","object":{"kind":"Status","code":500,"message":"etcd is away"}}"""
            : List("5"));
        using var http = server.Client();
        await using var watcher = new RolloutWatcher(new ClusterApi(http), new TrafficLog(), new Recorder(), TimeProvider.System);

        var wait = () => watcher.UntilAsync("anything", Patience, (_, _) => false, TestContext.Current.CancellationToken);

        await wait.Should().ThrowAsync<DemoFailure>().WithMessage("*etcd is away");
    }

    [Fact]
    public async Task A_watch_begins_behind_the_list_goes_on_behind_the_last_version_and_lists_anew_only_when_that_is_forgotten()
    {
        var watches = 0;
        using var server = new ScriptedServer(path => (path.Contains("watch=true", StringComparison.Ordinal), watches) switch
        {
            (false, _) => List(watches == 0 ? "5" : "40", Record("delays-1", 4)),
            (true, _) => ++watches switch
            {
                1 => Change("MODIFIED", Record("delays-1", 7)) + "\n" + Change("ADDED", Record("delays-2", 9)),
                2 => """{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"12"}}}""",
                3 => """{"type":"ERROR","object":{"kind":"Status","code":410,"message":"too old resource version"}}""",
                _ => Change("MODIFIED", Record("delays-2", 41)),
            },
        });
        using var http = server.Client();
        var seen = new List<string>();

        await foreach (var rollout in new ClusterApi(http).WatchRolloutsAsync(TestContext.Current.CancellationToken))
        {
            seen.Add($"{rollout.Metadata.Name}@{rollout.Metadata.ResourceVersion}");
            if (rollout.Metadata.ResourceVersion is "41")
            {
                break;
            }
        }

        seen.Should().Equal("delays-1@4", "delays-1@7", "delays-2@9", "delays-1@4", "delays-2@41");
        server.Paths.Should().Equal(Rollouts, Watch(5), Watch(9), Watch(12), Rollouts, Watch(40));
    }

    private static string Watch(int version) => FormattableString.Invariant($"{Rollouts}?watch=true&allowWatchBookmarks=true&resourceVersion={version}");

    private static string List(string version, params string[] items) => $$"""{"metadata":{"resourceVersion":"{{version}}"},"items":[{{string.Join(',', items)}}]}""";

    private static string Change(string type, string record) => $$"""{"type":"{{type}}","object":{{record}}}""";

    private static string Record(string name, int version) =>
        FormattableString.Invariant($$"""{"apiVersion":"mlops-operator.io/v1alpha1","kind":"ModelRollout","metadata":{"name":"{{name}}","resourceVersion":"{{version}}"},"spec":{"deployment":"delays","number":{{name[^1]}} } }""");
}
