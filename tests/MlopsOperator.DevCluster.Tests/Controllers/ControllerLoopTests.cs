using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MlopsOperator.DevCluster.Controllers;

namespace MlopsOperator.DevCluster.Tests.Controllers;

public sealed class ControllerLoopTests : IAsyncDisposable
{
    private readonly FakeTimeProvider clock = new();
    private readonly ConcurrentQueue<string> seen = new();
    private readonly CancellationTokenSource stop = new();
    private ControllerLoop? loop;
    private Task running = Task.CompletedTask;

    [Fact]
    public async Task A_key_waits_once_and_keys_keep_their_order()
    {
        var gate = new TaskCompletionSource();
        Start(async (key, _) =>
        {
            seen.Enqueue(key);
            await gate.Task;
            return null;
        });
        loop!.Add("a");
        await UntilAsync(() => seen.Count == 1);
        foreach (var key in new[] { "b", "c", "b", "a", "c" })
        {
            loop.Add(key);
        }

        loop.IsIdle.Should().BeFalse();
        gate.SetResult();
        await UntilAsync(() => loop.IsIdle);

        seen.Should().Equal("a", "b", "c", "a");
    }

    [Fact]
    public async Task Of_two_times_the_earlier_holds_and_waiting_is_idle()
    {
        Start((key, _) =>
        {
            seen.Enqueue(key);
            return Task.FromResult<TimeSpan?>(null);
        });
        loop!.AddAfter("a", TimeSpan.FromSeconds(10));
        loop.AddAfter("a", TimeSpan.FromSeconds(5));
        loop.AddAfter("a", TimeSpan.FromSeconds(20));
        clock.Advance(TimeSpan.FromSeconds(4));
        loop.IsIdle.Should().BeTrue();
        seen.Should().BeEmpty();
        clock.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(() => seen.Count == 1);
        clock.Advance(TimeSpan.FromMinutes(1));
        await UntilAsync(() => loop.IsIdle);

        seen.Should().Equal("a");
    }

    [Fact]
    public async Task A_lost_race_is_tried_again_at_once_but_not_for_ever()
    {
        Start((key, _) =>
        {
            seen.Enqueue(key);
            return Task.FromException<TimeSpan?>(new ClusterApiException(409, "Conflict", "changed"));
        });
        loop!.Add("a");
        await UntilAsync(() => loop.IsIdle && seen.Count >= 6);

        seen.Should().HaveCount(6);
        clock.Advance(TimeSpan.FromSeconds(32));
        await UntilAsync(() => loop.IsIdle && seen.Count >= 7);
        seen.Should().HaveCount(7);
    }

    [Fact]
    public async Task An_object_that_fails_waits_longer_each_time_and_does_not_hold_up_others()
    {
        Start((key, _) =>
        {
            seen.Enqueue(key);
            return key is "bad" ? Task.FromException<TimeSpan?>(new InvalidOperationException("no")) : Task.FromResult<TimeSpan?>(null);
        });
        loop!.Add("bad");
        loop.Add("good");
        await UntilAsync(() => loop.IsIdle);
        seen.Should().Equal("bad", "good");

        foreach (var (seconds, count) in new[] { (1, 3), (1, 3), (1, 4), (3, 4), (1, 5) })
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            await UntilAsync(() => loop.IsIdle && seen.Count >= count);
            seen.Should().HaveCount(count);
        }
    }

    [Fact]
    public async Task What_asks_to_be_looked_at_again_is()
    {
        Start((key, _) =>
        {
            seen.Enqueue(key);
            return Task.FromResult<TimeSpan?>(seen.Count == 1 ? TimeSpan.FromSeconds(3) : null);
        });
        loop!.Add("a");
        await UntilAsync(() => loop.IsIdle && seen.Count == 1);
        clock.Advance(TimeSpan.FromSeconds(3));
        await UntilAsync(() => loop.IsIdle && seen.Count == 2);

        seen.Should().Equal("a", "a");
    }

    [Fact]
    public async Task A_part_that_fails_ends_the_whole()
    {
        var never = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token);
        var all = ControllerLoop.RunAllAsync(stop.Token, never, Task.FromException(new InvalidOperationException("broken")));

        await all.Invoking(task => task).Should().ThrowAsync<InvalidOperationException>().WithMessage("broken");
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (loop is not null)
        {
            await loop.DisposeAsync();
        }

        stop.Dispose();
    }

    private void Start(Func<string, CancellationToken, Task<TimeSpan?>> reconcile)
    {
        loop = new ControllerLoop("test", reconcile, clock, NullLogger.Instance);
        running = loop.RunAsync(stop.Token);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (var i = 0; i < 1_000 && !condition(); i++)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        condition().Should().BeTrue();
    }
}
