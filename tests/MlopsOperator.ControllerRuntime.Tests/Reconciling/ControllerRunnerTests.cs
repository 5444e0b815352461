using k8s.Models;
using Microsoft.Extensions.Logging;
using MlopsOperator.ControllerRuntime.Reconciling;
using MlopsOperator.ControllerRuntime.Tests.Testing;
using MlopsOperator.ControllerRuntime.Transport;

namespace MlopsOperator.ControllerRuntime.Tests.Reconciling;

public sealed class ControllerRunnerTests
{
    /// <summary>Proof 8.</summary>
    [Fact]
    public void One_object_is_never_reconciled_twice_at_once_and_a_thousand_events_meanwhile_cause_one_more_run()
    {
        using var world = new World(watches: watches => watches.WithWorkers(4));
        var gate = new TaskCompletionSource();
        var running = 0;
        var most = 0;
        world.Controller.OnReconcile = async (widget, _) =>
        {
            most = Math.Max(most, ++running);
            await gate.Task;
            running--;
            return ReconciliationResult<Widget>.Success(widget);
        };
        world.Server.Put(Widget.Named("a", 0));
        world.Start();

        for (var i = 1; i <= 1000; i++)
        {
            world.Server.Put(Widget.Named("a", i));
            world.Settle();
        }

        world.Controller.Calls.Should().Equal("a:0");
        gate.SetResult();
        world.Settle();
        world.Controller.Calls.Should().Equal("a:0", "a:1000");
        most.Should().Be(1);
    }

    [Fact]
    public void Different_objects_are_reconciled_in_parallel_by_as_many_workers_as_set()
    {
        using var world = new World(watches: watches => watches.WithWorkers(3));
        var gate = new TaskCompletionSource();
        world.Controller.OnReconcile = async (widget, _) =>
        {
            await gate.Task;
            return ReconciliationResult<Widget>.Success(widget);
        };
        for (var i = 0; i < 10; i++)
        {
            world.Server.Put(Widget.Numbered(i));
        }

        world.Start();

        world.Controller.Calls.Should().HaveCount(3);
        gate.SetResult();
        world.Settle();
        world.Controller.Calls.Should().HaveCount(10);
    }

    /// <summary>Proof 9.</summary>
    [Fact]
    public void A_wish_to_run_again_survives_events()
    {
        using var world = new World();
        world.Controller.OnReconcile = (widget, _) => Task.FromResult(
            ReconciliationResult<Widget>.Success(widget, widget.Spec.Count == 1 ? TimeSpan.FromSeconds(60) : null));
        world.Server.Put(Widget.Named("a", 1));
        world.Start();
        world.Advance(30);
        world.Server.Put(Widget.Named("a", 2));
        world.Settle();
        world.Controller.Calls.Should().Equal("a:1", "a:2");

        world.Advance(29.5);
        world.Controller.Calls.Should().HaveCount(2);
        world.Advance(1);

        world.Controller.Calls.Should().Equal("a:1", "a:2", "a:2");
    }

    /// <summary>Proof 10.</summary>
    [Fact]
    public void Failures_back_off_are_never_given_up_and_ignore_a_wish_for_another_time()
    {
        using var world = new World();
        var times = new List<DateTimeOffset>();
        world.Controller.OnReconcile = (widget, _) =>
        {
            times.Add(world.Time.GetUtcNow());
            return Task.FromResult(ReconciliationResult<Widget>.Failure(widget, "not yet", requeueAfter: TimeSpan.FromMilliseconds(1)));
        };
        world.Server.Put(Widget.Named("a"));
        world.Start();

        world.Advance(TimeSpan.FromHours(2), stepSeconds: 1);

        var gaps = times.Zip(times.Skip(1), (before, after) => after - before).ToList();
        gaps.Count.Should().BeInRange(30, 45);
        gaps.TakeLast(10).Should().OnlyContain(gap => gap >= TimeSpan.FromMinutes(5) && gap <= TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void A_success_ends_the_back_off()
    {
        using var world = new World();
        var fails = true;
        world.Controller.OnReconcile = (widget, _) => Task.FromResult(
            fails ? ReconciliationResult<Widget>.Failure(widget, "not yet") : ReconciliationResult<Widget>.Success(widget));
        world.Server.Put(Widget.Named("a", 0));
        world.Start();
        world.Advance(100);
        fails = false;
        world.Server.Put(Widget.Named("a", 1));
        world.Advance(200);
        world.Controller.Calls.Clear();

        fails = true;
        world.Server.Put(Widget.Named("a", 2));
        world.Advance(1);

        world.Controller.Calls.Count.Should().BeGreaterThan(4, "the first retries come within milliseconds again");
    }

    [Fact]
    public async Task An_exception_is_logged_counted_and_tried_again_and_other_objects_go_on()
    {
        using var world = new World();
        var failures = 3;
        world.Controller.OnReconcile = (widget, _) => widget.Metadata.Name.Is("bad") && failures-- > 0
            ? throw new InvalidOperationException("a bug")
            : Task.FromResult(ReconciliationResult<Widget>.Success(widget));
        world.Server.Put(Widget.Named("bad"));
        world.Server.Put(Widget.Named("good"));
        world.Start();
        world.Advance(1);

        world.Controller.Calls.Should().BeEquivalentTo("bad:0", "bad:0", "bad:0", "bad:0", "good:0");
        world.Logs.Lines.Where(line => line.Level == LogLevel.Error).Should().HaveCount(3)
            .And.OnlyContain(line => line.Text.Contains("default/bad") && line.Text.Contains("a bug"));
        var metrics = await world.MetricsAsync();
        metrics.Should().Contain("controller_runtime_reconcile_total{controller=\"widget\",result=\"error\"} 3\n");
        metrics.Should().Contain("controller_runtime_reconcile_total{controller=\"widget\",result=\"success\"} 2\n");
        metrics.Should().Contain("controller_runtime_reconcile_panics_total{controller=\"widget\"} 3\n");
        metrics.Should().Contain("workqueue_retries_total{name=\"widget\",controller=\"widget\"} 3\n");
        metrics.Should().Contain("controller_runtime_active_workers{controller=\"widget\"} 0\n");
    }

    [Fact]
    public void A_retry_sees_a_fresh_copy_not_what_the_failed_run_left_of_its_own()
    {
        using var world = new World();
        world.Controller.OnReconcile = (widget, _) =>
        {
            widget.Spec.Count += 100;
            return world.Controller.Calls.Count == 1 ? throw new InvalidOperationException("halfway") : Task.FromResult(ReconciliationResult<Widget>.Success(widget));
        };
        world.Server.Put(Widget.Named("a", 1));

        world.Start();
        world.Advance(1);

        world.Controller.Calls.Should().Equal("a:1", "a:1");
    }

    [Fact]
    public async Task A_run_that_takes_a_minute_is_cancelled_and_tried_again()
    {
        using var world = new World();
        world.Controller.OnReconcile = async (widget, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, world.Time, cancellationToken);
            return ReconciliationResult<Widget>.Success(widget);
        };
        world.Server.Put(Widget.Named("a"));
        world.Start();

        world.Advance(59);
        world.Controller.Calls.Should().HaveCount(1);
        world.Advance(2);

        world.Controller.Calls.Should().HaveCount(2);
        (await world.MetricsAsync()).Should().Contain("controller_runtime_reconcile_timeouts_total{controller=\"widget\"} 1\n");
    }

    [Fact]
    public void A_conflict_leads_to_a_fresh_read_soon_and_is_no_error()
    {
        using var world = new World();
        var conflicts = 2;
        world.Controller.OnReconcile = (widget, _) => conflicts-- > 0
            ? throw new ApiException(409, "Conflict", "the object has been modified")
            : Task.FromResult(ReconciliationResult<Widget>.Success(widget));
        world.Server.Put(Widget.Named("a", 1));
        world.Start();
        world.Server.Put(Widget.Named("a", 2));
        world.Advance(0.2);

        world.Controller.Calls.Should().StartWith("a:1").And.EndWith("a:2");
        world.Logs.Lines.Should().NotContain(line => line.Level >= LogLevel.Warning);
        world.Logs.Lines.Should().Contain(line => line.Level == LogLevel.Debug && line.Text.Contains("conflict"));
    }

    /// <summary>Proof 17.</summary>
    [Fact]
    public void When_the_server_asks_for_three_seconds_the_object_waits_three_and_others_go_on()
    {
        using var world = new World();
        var answered = false;
        world.Controller.OnReconcile = (widget, _) =>
        {
            if (widget.Metadata.Name.Is("busy") && !answered)
            {
                answered = true;
                throw new ApiException(429, "TooManyRequests", "slow down", TimeSpan.FromSeconds(3));
            }

            return Task.FromResult(ReconciliationResult<Widget>.Success(widget));
        };
        world.Server.Put(Widget.Named("busy"));
        world.Server.Put(Widget.Named("other"));
        world.Start();

        world.Advance(2.9);
        world.Controller.Calls.Should().Equal("busy:0", "other:0");
        world.Advance(0.2);

        world.Controller.Calls.Should().Equal("busy:0", "other:0", "busy:0");
    }

    [Fact]
    public void A_deletion_calls_the_controller_with_the_last_copy_until_it_succeeds()
    {
        using var world = new World();
        var failures = 2;
        world.Controller.OnDeleted = widget => failures-- > 0
            ? ReconciliationResult<Widget>.Failure(widget, "later")
            : ReconciliationResult<Widget>.Success(widget);
        world.Server.Put(Widget.Named("a", 7));
        world.Start();

        world.Server.Delete("widgets", "a");
        world.Advance(1);

        world.Controller.Calls.Should().Equal("a:7", "deleted a:7", "deleted a:7", "deleted a:7");
    }

    [Fact]
    public void An_object_deleted_between_event_and_run_is_not_reconciled()
    {
        using var world = new World();
        world.Server.Put(Widget.Named("a"));
        world.StartCaches();
        world.Server.Delete("widgets", "a");
        world.Settle();

        world.Step().Should().BeTrue();

        world.Controller.Calls.Should().Equal("deleted a:0");
        world.Step().Should().BeFalse();
    }

    [Fact]
    public void Nothing_is_reconciled_before_all_caches_are_complete()
    {
        using var world = new World(builder => builder
            .AddController<WidgetController, Widget>()
            .AddCache<k8s.Models.V1Pod>());
        world.Server.MissingKinds.Add("pods");
        world.Server.Put(Widget.Named("a"));
        world.Start();
        world.Advance(5);
        world.Controller.Calls.Should().BeEmpty();

        world.Server.MissingKinds.Clear();
        world.Advance(31);

        world.Controller.Calls.Should().Equal("a:0");
    }

    [Fact]
    public void A_fresh_change_comes_before_what_was_there_at_the_start_owned_objects_included()
    {
        using var world = new World(watches: watches => watches.Owns<V1ConfigMap>());
        for (var number = 0; number < 5; number++)
        {
            world.Server.Put(Widget.Named("w" + World.Text(number)));
        }

        world.StartCaches();
        world.Server.Put(Widget.Named("w3", 1));
        world.Settle();
        while (world.Step())
        {
            // Until nothing is ready.
        }

        world.Controller.Calls.Should().Equal("w3:1", "w0:0", "w1:0", "w2:0", "w4:0");
    }

    [Fact]
    public void Stepping_reconciles_one_key_at_a_time_in_the_order_of_the_controllers()
    {
        using var world = new World();
        world.Server.Put(Widget.Named("b"));
        world.Server.Put(Widget.Named("a"));
        world.StartCaches();

        world.Controller.Calls.Should().BeEmpty();
        world.Step().Should().BeTrue();
        world.Controller.Calls.Should().Equal("a:0");
        world.Step().Should().BeTrue();
        world.Step().Should().BeFalse();
        world.Controller.Calls.Should().Equal("a:0", "b:0");
    }

    /// <summary>Proof 28.</summary>
    [Fact]
    public void One_seed_run_twice_gives_the_same_trace()
    {
        Trace().Should().Equal(Trace());

        static List<string> Trace()
        {
            using var world = new World(watches: watches => watches.WithWorkers(3));
            var runs = 0;
            world.Controller.OnReconcile = async (widget, token) =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 * (widget.Spec.Count % 3)), world.Time, token);
                return ++runs % 4 == 0 ? throw new InvalidOperationException("now and then") : ReconciliationResult<Widget>.Success(widget, TimeSpan.FromSeconds(1));
            };
            for (var i = 0; i < 20; i++)
            {
                world.Server.Put(Widget.Named("w" + World.Text(i), i));
            }

            world.Start();
            world.Server.OpenWatch("widgets").Cut();
            world.Advance(20);
            return [.. world.Controller.Calls, .. world.Server.Requests.Select(request => request.PathAndQuery)];
        }
    }
}
