using Microsoft.Extensions.Time.Testing;
using MlopsOperator.ControllerRuntime.Hosting;
using MlopsOperator.ControllerRuntime.Queueing;
using MlopsOperator.ControllerRuntime.Tests.Testing;
using MlopsOperator.ControllerRuntime.Watching;
using Prometheus;

namespace MlopsOperator.ControllerRuntime.Tests.Queueing;

public sealed class WorkQueueTests : IDisposable
{
    private static readonly ObjectKey A = new("ns", "a");
    private static readonly ObjectKey B = new("ns", "b");
    private readonly FakeTimeProvider _time = new();
    private readonly WorkQueue _queue;

    public WorkQueueTests() => _queue = new WorkQueue(_time, new WorkQueueMetrics(new RuntimeMetrics(Metrics.NewCustomRegistry()), "q"));

    public void Dispose() => _queue.Dispose();

    [Fact]
    public void A_key_waits_only_once_and_keys_come_in_order()
    {
        _queue.Add(B);
        _queue.Add(A);
        _queue.Add(B);

        Take().Should().Be(B);
        Take().Should().Be(A);
        Take().Should().BeNull();
    }

    [Fact]
    public void Many_keys_of_one_namespace_do_not_hold_up_those_of_another()
    {
        for (var number = 0; number < 10_000; number++)
        {
            _queue.Add(Numbered(number));
        }

        _queue.Add(A);
        _queue.Add(B);
        _queue.Add(new ObjectKey(null, "cluster"));

        ObjectKey?[] first = [.. Enumerable.Range(0, 5).Select(_ => Take())];
        first.Should().Equal(Numbered(0), A, new ObjectKey(null, "cluster"), Numbered(1), B);
        _queue.Count.Should().Be(9_998);
    }

    [Fact]
    public void Keys_of_a_first_list_come_behind_fresh_changes_and_a_fresh_change_moves_one_up()
    {
        _queue.Add(A, isBehind: true);
        _queue.Add(B, isBehind: true);
        _queue.Add(Numbered(0));
        _queue.Add(B);
        _queue.Count.Should().Be(3);

        ObjectKey?[] order = [Take(), Take(), Take(), Take()];

        order.Should().Equal(Numbered(0), B, A, null);
        _queue.Count.Should().Be(0);
    }

    [Fact]
    public void A_key_that_moved_up_and_came_back_behind_is_given_out_once()
    {
        _queue.Add(A, isBehind: true);
        _queue.Add(A);
        Take().Should().Be(A);
        _queue.Add(A, isBehind: true);
        Take().Should().BeNull("a worker has it");
        _queue.Done(A);
        Take().Should().Be(A);
        _queue.Done(A);

        Take().Should().BeNull();
    }

    [Fact]
    public void A_storm_of_fresh_changes_does_not_starve_a_first_list()
    {
        _queue.Add(A, isBehind: true);
        var turns = 0;
        ObjectKey? taken;
        do
        {
            _queue.Add(Numbered(turns++));
            taken = Take();
        }
        while (taken != A && turns < 100);

        turns.Should().Be(8);
    }

    [Fact]
    public void A_thousand_adds_while_a_key_is_in_work_give_it_out_once_more_and_only_afterwards()
    {
        _queue.Add(A);
        Take().Should().Be(A);

        for (var i = 0; i < 1000; i++)
        {
            _queue.Add(A);
        }

        Take().Should().BeNull("one key never runs twice at once");
        _queue.Done(A);
        Take().Should().Be(A);
        _queue.Done(A);
        Take().Should().BeNull();
    }

    [Fact]
    public void An_event_does_not_cancel_a_delayed_run()
    {
        _queue.AddAfter(A, TimeSpan.FromSeconds(10));
        _queue.Add(A);
        Take().Should().Be(A);
        _queue.Done(A);

        _time.Advance(TimeSpan.FromSeconds(9.9));
        Take().Should().BeNull();
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Take().Should().Be(A);
    }

    /// <summary>Proof 9.</summary>
    [Theory]
    [InlineData(10, 3)]
    [InlineData(3, 10)]
    public void Of_two_delays_the_earlier_wins_and_there_is_one_run(int first, int second)
    {
        _queue.AddAfter(A, TimeSpan.FromSeconds(first));
        _queue.AddAfter(A, TimeSpan.FromSeconds(second));

        _time.Advance(TimeSpan.FromSeconds(3));
        Take().Should().Be(A);
        _queue.Done(A);
        _time.Advance(TimeSpan.FromSeconds(100));
        Take().Should().BeNull();
        _queue.DelayedCount.Should().Be(0);
    }

    [Fact]
    public void Delayed_keys_come_in_the_order_of_their_times()
    {
        _queue.AddAfter(A, TimeSpan.FromSeconds(2));
        _queue.AddAfter(B, TimeSpan.FromSeconds(1));
        _queue.AddAfter(new ObjectKey(null, "c"), TimeSpan.FromDays(60));

        _time.Advance(TimeSpan.FromSeconds(5));

        Take().Should().Be(B);
        Take().Should().Be(A);
        Take().Should().BeNull();
        _time.Advance(TimeSpan.FromDays(60));
        Take().Should().Be(new ObjectKey(null, "c"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void A_clock_that_is_set_moves_no_delayed_run(int hours)
    {
        var time = new SettableTimeProvider();
        using var queue = new WorkQueue(time, new WorkQueueMetrics(new RuntimeMetrics(Metrics.NewCustomRegistry()), "q"));
        queue.AddAfter(A, TimeSpan.FromSeconds(10));
        time.WallClockAhead = TimeSpan.FromHours(hours);
        queue.AddAfter(B, TimeSpan.FromSeconds(12));

        time.Advance(TimeSpan.FromSeconds(9));
        queue.TryTake(out _).Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(1));
        queue.TryTake(out var first).Should().BeTrue();
        first.Should().Be(A);
        queue.TryTake(out _).Should().BeFalse();
        time.Advance(TimeSpan.FromSeconds(2));
        queue.TryTake(out var second).Should().BeTrue();
        second.Should().Be(B);
    }

    [Fact]
    public void What_comes_at_a_steady_pace_does_not_defeat_the_back_off_of_a_key_that_fails()
    {
        Fail(A, times: 14);
        for (var second = 1; second <= 40; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            _queue.AddUnlessFailing(A);
            Take().Should().BeNull("the back-off is 40.96 s");
        }

        _queue.AddUnlessFailing(B);
        Take().Should().Be(B, "the other key has not failed");
        _time.Advance(TimeSpan.FromSeconds(1));
        Take().Should().Be(A, "it still runs when the back-off ends");
        _queue.AddUnlessFailing(A);
        _queue.Done(A);
        Take().Should().Be(A, "its back-off is over");
    }

    [Fact]
    public void A_change_of_the_object_runs_at_once_though_its_key_is_in_back_off()
    {
        Fail(A, times: 14);

        _queue.Add(A);

        Take().Should().Be(A);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void What_comes_at_a_steady_pace_while_the_key_is_in_work_runs_afterwards_only_if_the_work_does_not_fail(bool fails, bool runs)
    {
        _queue.Add(A);
        Take();
        _queue.AddUnlessFailing(A);

        if (fails)
        {
            _queue.AddRateLimited(A);
        }

        _queue.Done(A);

        Take().HasValue.Should().Be(runs);
        _time.Advance(TimeSpan.FromSeconds(1));
        Take().HasValue.Should().Be(fails, "a failure is tried again after its back-off");
    }

    [Fact]
    public void A_change_of_the_object_while_its_key_is_in_work_runs_afterwards_though_the_work_fails()
    {
        _queue.Add(A);
        Take();
        _queue.AddUnlessFailing(A);
        _queue.Add(A);

        _queue.AddRateLimited(A);
        _queue.Done(A);

        Take().Should().Be(A);
    }

    [Fact]
    public void A_success_ends_the_back_off_for_what_comes_at_a_steady_pace()
    {
        Fail(A, times: 14);
        _queue.Forget(A);

        _queue.AddUnlessFailing(A);

        Take().Should().Be(A);
    }

    [Fact]
    public void A_key_in_work_whose_delay_ends_runs_again_afterwards()
    {
        _queue.Add(A);
        Take();
        _queue.AddAfter(A, TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Take().Should().BeNull();

        _queue.Done(A);

        Take().Should().Be(A);
    }

    /// <summary>Proof 10.</summary>
    [Fact]
    public void Failures_back_off_to_five_minutes_and_success_starts_over()
    {
        var delays = Enumerable.Range(0, 20).Select(_ => _queue.AddRateLimited(A)).ToList();

        delays[0].Should().Be(TimeSpan.FromMilliseconds(5));
        delays[1].Should().Be(TimeSpan.FromMilliseconds(10));
        delays[10].Should().Be(TimeSpan.FromMilliseconds(5120));
        delays[16..].Should().AllBeEquivalentTo(TimeSpan.FromMinutes(5));
        _queue.AddRateLimited(B).Should().Be(TimeSpan.FromMilliseconds(5), "each key counts its own failures");
        _queue.Forget(A);
        _queue.AddRateLimited(A).Should().Be(TimeSpan.FromMilliseconds(5));
    }

    [Fact]
    public void The_server_may_ask_for_a_longer_pause_never_for_a_shorter_one()
    {
        _queue.AddRateLimited(A, TimeSpan.FromSeconds(3)).Should().Be(TimeSpan.FromSeconds(3));
        _queue.AddRateLimited(A, TimeSpan.Zero).Should().Be(TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public async Task A_worker_that_waits_is_woken_and_can_be_cancelled()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var first = _queue.TakeAsync(stop.Token);
        first.IsCompleted.Should().BeFalse();
        _queue.Add(A);
        (await first).Should().Be(A);

        var second = _queue.TakeAsync(stop.Token);
        await stop.CancelAsync();

        await FluentActions.Awaiting(() => second).Should().ThrowAsync<OperationCanceledException>();
        _queue.Add(B);
        Take().Should().Be(B, "nobody took it");
    }

    [Fact]
    public void A_controller_may_ask_for_a_shorter_longest_back_off()
    {
        _queue.LongestRetry = TimeSpan.FromSeconds(5);

        Enumerable.Range(0, 30).Select(_ => _queue.AddRateLimited(new ObjectKey("ns", "often"))).Max().Should().Be(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Parallel_workers_never_hold_one_key_at_the_same_time()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var holders = new int[8];
        var runs = 0;
        var overlaps = 0;
        var workers = Enumerable.Range(0, 4).Select(_ => WorkAsync()).ToArray();
        for (var i = 0; i < 4000; i++)
        {
            _queue.Add(new ObjectKey(null, World.Text(i % holders.Length)));
            if (i % 50 == 0)
            {
                await Task.Yield();
            }
        }

        while (_queue.Count > 0)
        {
            await Task.Yield();
        }

        await stop.CancelAsync();
        await Task.WhenAll(workers);
        overlaps.Should().Be(0);
        runs.Should().BeInRange(8, 4000);

        async Task WorkAsync()
        {
            try
            {
                while (true)
                {
                    var key = await _queue.TakeAsync(stop.Token);
                    var at = int.Parse(key.Name, System.Globalization.CultureInfo.InvariantCulture);
                    if (Interlocked.Increment(ref holders[at]) != 1)
                    {
                        Interlocked.Increment(ref overlaps);
                    }

                    await Task.Yield();
                    Interlocked.Increment(ref runs);
                    Interlocked.Decrement(ref holders[at]);
                    _queue.Done(key);
                }
            }
            catch (OperationCanceledException)
            {
                // The end.
            }
        }
    }

    private void Fail(ObjectKey key, int times)
    {
        for (var failure = 0; failure < times; failure++)
        {
            _time.Advance(TimeSpan.FromMinutes(5));
            while (Take() is { } due)
            {
                _queue.Done(due);
            }

            _queue.AddRateLimited(key);
        }
    }

    private static ObjectKey Numbered(int number) => new("crowded", number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private ObjectKey? Take() => _queue.TryTake(out var key) ? key : null;
}
