using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;

namespace MlopsOperator.DevCluster.Tests.Samples;

/// <summary>How the tests of any operator use the embedded cluster.</summary>
public sealed class GreetingOperatorTests
{
    private const string Hello = """
        apiVersion: example.com/v1
        kind: Greeting
        metadata: {name: hello}
        spec: {text: good day}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_text_of_a_greeting_comes_to_stand_in_its_map()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(o => o.Crds.FromText(Greeting.Definition), Cancelled);
        await using var running = new Running(cluster);

        await cluster.ApplyAsync(Hello, Cancelled);
        await cluster.UntilAsync<Greeting>("hello", greeting => greeting.IsSeen, cancellationToken: Cancelled);
        await cluster.ApplyAsync(Hello.Replace("good day", "good night", StringComparison.Ordinal), Cancelled);
        await cluster.UntilAsync<V1ConfigMap>("hello", map => map.Data["text"] is "good night", cancellationToken: Cancelled);

        // Every version that was ever stored: what may at no time be true is asserted here.
        cluster.History<V1ConfigMap>("hello").Select(map => map.Data["text"]).Should().Equal("good day", "good night");
    }

    [Fact]
    public async Task A_second_look_writes_nothing()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(o => o.Crds.FromText(Greeting.Definition), Cancelled);
        await using (new Running(cluster))
        {
            await cluster.ApplyAsync(Hello, Cancelled);
            await cluster.UntilAsync<Greeting>("hello", greeting => greeting.IsSeen, cancellationToken: Cancelled);
        }

        var mark = cluster.Requests.Mark();
        await using var again = new Running(cluster);
        await cluster.ApplyAsync(Hello.Replace("hello", "second", StringComparison.Ordinal), Cancelled);
        await cluster.UntilAsync<Greeting>("second", greeting => greeting.IsSeen, cancellationToken: Cancelled);

        cluster.Requests.Since(mark).Where(request => request.Manager is "greeter" && request.Changed).Select(request => $"{request.Method} {request.Path}").Should().Equal(
            "POST /api/v1/namespaces/default/configmaps",
            "PATCH /apis/example.com/v1/namespaces/default/greetings/second/status");
    }

    [Fact]
    public async Task Whatever_goes_wrong_once_the_map_is_there_in_the_end()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(o => o.Crds.FromText(Greeting.Definition), Cancelled);

        // Each of these has to happen, or the test fails at its end.
        cluster.Faults.On("watch", "greetings", manager: "greeter").Fail(503);
        cluster.Faults.On("watch", "greetings", manager: "greeter").CloseAfter(events: 1);
        cluster.Faults.On("create", "configmaps", name: "hello").TooMany(retryAfter: TimeSpan.FromSeconds(1));
        cluster.Faults.On("create", "configmaps", name: "hello").LoseAnswer();
        cluster.Faults.On("patch", "greetings", "status").Conflict();
        cluster.Faults.On("list", "configmaps").Skip(1).Times(2).Drop();

        await using var running = new Running(cluster);
        await cluster.ApplyAsync(Hello, Cancelled);

        await cluster.UntilAsync<Greeting>("hello", greeting => greeting.IsSeen, cancellationToken: Cancelled);
        cluster.History<V1ConfigMap>("hello").Should().ContainSingle();
    }

    [Theory]
    [InlineData(1, CrashPoint.Before)]
    [InlineData(1, CrashPoint.After)]
    [InlineData(1, CrashPoint.AnswerLost)]
    [InlineData(2, CrashPoint.Before)]
    [InlineData(2, CrashPoint.After)]
    [InlineData(2, CrashPoint.AnswerLost)]
    public async Task The_operator_may_crash_at_any_write(int write, CrashPoint point)
    {
        await using var cluster = await EmbeddedCluster.StartAsync(o => o.Crds.FromText(Greeting.Definition), Cancelled);
        var crash = cluster.CrashAt(write, point, "greeter");
        await using (new Running(cluster))
        {
            await cluster.ApplyAsync(Hello, Cancelled);
            await crash.Happened.WaitAsync(Cancelled);
        }

        cluster.Revive("greeter");
        await using var next = new Running(cluster);

        await cluster.UntilAsync<Greeting>("hello", greeting => greeting.IsSeen, cancellationToken: Cancelled);
        cluster.History<V1ConfigMap>("hello").Should().ContainSingle("the map is written once, whenever the operator dies");
    }

    [Fact]
    public async Task The_api_may_be_away_for_a_while()
    {
        await using var cluster = await EmbeddedCluster.StartAsync(o => o.Crds.FromText(Greeting.Definition), Cancelled);
        await using var running = new Running(cluster);
        await cluster.ApplyAsync(Hello, Cancelled);
        await cluster.UntilAsync<Greeting>("hello", greeting => greeting.IsSeen, cancellationToken: Cancelled);

        await cluster.RestartAsync(absent: TimeSpan.FromMilliseconds(100), compact: true, Cancelled);
        await cluster.ApplyAsync(Hello.Replace("good day", "good night", StringComparison.Ordinal), Cancelled);

        await cluster.UntilAsync<V1ConfigMap>("hello", map => map.Data["text"] is "good night", cancellationToken: Cancelled);
    }

    [Fact]
    public async Task Pods_follow_rules_and_time_is_the_tests()
    {
        var clock = new FakeTimeProvider();
        await using var cluster = await EmbeddedCluster.StartAsync(
            o =>
            {
                o.Time = clock;
                o.Pods.Default(rule => rule.ReadyAfter(TimeSpan.FromSeconds(30)));
                o.Pods.Image("*:broken", rule => rule.Logs("no such model").CrashesAfter(TimeSpan.FromSeconds(1), exitCode: 3));
            },
            Cancelled);
        await cluster.ApplyAsync("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: "web:1"}]}}
            """, Cancelled);

        await cluster.SettleAsync(Cancelled);
        var before = cluster.History<V1Deployment>("web")[^1].Status.ReadyReplicas;
        clock.Advance(TimeSpan.FromSeconds(30));
        await cluster.SettleAsync(Cancelled);

        before.Should().BeNull();
        cluster.History<V1Deployment>("web")[^1].Status.ReadyReplicas.Should().Be(2);
    }

    /// <summary>The operator while it runs. Its User-Agent is the name by which faults and crashes know it.</summary>
    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource stopping = new();
        private readonly IKubernetes client;
        private readonly Task work;

        public Running(EmbeddedCluster cluster)
        {
            client = cluster.CreateClient(userAgent: "greeter");
            work = new GreetingOperator(client, TimeProvider.System).RunAsync(stopping.Token);
        }

        public async ValueTask DisposeAsync()
        {
            await stopping.CancelAsync();
            await Task.WhenAny(work);
            client.Dispose();
            stopping.Dispose();
        }
    }
}
