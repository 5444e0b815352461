using System.Collections.Concurrent;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;

namespace MlopsOperator.DevCluster.Tests.Faults;

/// <summary>A simulation runs everything on one thread: whatever the cluster awaits has to come back to it.</summary>
public sealed class SingleThreadTests
{
    [Fact]
    public void Faults_crashes_and_restarts_stay_on_the_callers_thread()
    {
        var context = new OneThread();
        var threads = new HashSet<int>();
        void Note() => threads.Add(Environment.CurrentManagedThreadId);

        context.Run(async () =>
        {
            var clock = new FakeTimeProvider();
            await using var cluster = await FaultyCluster.StartAsync(clock);
            cluster.Faults.On("patch", name: "slow").Delay(TimeSpan.FromSeconds(1));
            cluster.Faults.On("watch").Lag(TimeSpan.FromSeconds(1));
            cluster.CrashAt(2, CrashPoint.AnswerLost, "operator");
            Note();
            var watch = await cluster.OpenAsync();
            var slow = cluster.PutMapAsync("slow");
            clock.Advance(TimeSpan.FromSeconds(1));
            await slow;
            Note();
            var line = watch.NextAsync();
            clock.Advance(TimeSpan.FromSeconds(1));
            await line;
            Note();
            await FluentActions.Awaiting(() => cluster.PutMapAsync("b")).Should().ThrowAsync<ConnectionLostException>();
            Note();
            cluster.Revive();
            var restart = cluster.RestartAsync(TimeSpan.FromSeconds(1), cancellationToken: TestContext.Current.CancellationToken);
            clock.Advance(TimeSpan.FromSeconds(1));
            await restart;
            Note();
            await watch.DisposeAsync();
        });

        threads.Should().Equal(Environment.CurrentManagedThreadId);
        context.Others.Should().Be(0, "no continuation was begun on another thread");
    }

    [Fact]
    public void A_whole_cluster_stays_on_the_callers_thread_and_does_the_same_in_every_run()
    {
        var (first, others) = Record();
        var (second, _) = Record();

        others.Should().Be(0, "no continuation was begun on another thread");
        first.Should().HaveCountGreaterThan(30).And.Equal(second);
        first[^1].Should().Be("2 ready");
    }

    /// <summary>A Deployment from its creation to its pods, and a client that dies on the way: every request, in order.</summary>
    private static (IReadOnlyList<string> Requests, int Others) Record()
    {
        var context = new OneThread();
        List<string> requests = [];

        context.Run(async () =>
        {
            var clock = new FakeTimeProvider();
            await using var cluster = await EmbeddedCluster.StartAsync(
                o =>
                {
                    o.Time = clock;
                    o.Pods.Default(rule => rule.ReadyAfter(TimeSpan.FromSeconds(5)));
                },
                TestContext.Current.CancellationToken);
            cluster.CrashAt(1, CrashPoint.AnswerLost, "operator");
            await cluster.ApplyAsync("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: d}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: d}}
                  template: {metadata: {labels: {app: d}}, spec: {containers: [{name: c, image: x}]}}
                """, TestContext.Current.CancellationToken);
            await FluentActions.Awaiting(() => cluster.PutMapAsync("a")).Should().ThrowAsync<ConnectionLostException>();
            for (var second = 0; second < 10; second++)
            {
                await cluster.SettleAsync(TestContext.Current.CancellationToken);
                clock.Advance(TimeSpan.FromSeconds(1));
            }

            await cluster.SettleAsync(TestContext.Current.CancellationToken);
            requests.AddRange(cluster.Requests.Since(0).Select(request => request.ToString()));
            requests.Add(FormattableString.Invariant($"{cluster.History<V1Deployment>("d")[^1].Status.ReadyReplicas} ready"));
        });
        return (requests, context.Others);
    }

    /// <summary>Runs what is posted to it on the thread that called.</summary>
    private sealed class OneThread : SynchronizationContext
    {
        private readonly BlockingCollection<(SendOrPostCallback Work, object? State)> posted = [];
        private readonly int thread = Environment.CurrentManagedThreadId;
        private int others;

        /// <summary>Posts that came from other threads.</summary>
        public int Others => others;

        public override void Post(SendOrPostCallback d, object? state)
        {
            if (Environment.CurrentManagedThreadId != thread)
            {
                Interlocked.Increment(ref others);
            }

            posted.Add((d, state), CancellationToken.None);
        }

        public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

        public void Run(Func<Task> work)
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                var task = work();
                while (!task.IsCompleted)
                {
                    posted.TryTake(out var next, 10_000, TestContext.Current.CancellationToken).Should().BeTrue("work is left");
                    next.Work(next.State);
                }

                task.GetAwaiter().GetResult();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }
    }
}
