using MlopsOperator.Simulation.Scheduling;

namespace MlopsOperator.Simulation.Tests;

public sealed class SimulatedTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SimulationScheduler _scheduler = new();
    private readonly SimulatedTime _time;

    public SimulatedTimeTests() => _time = new SimulatedTime(_scheduler, Start);

    [Fact]
    public void Timers_fire_in_the_order_in_which_they_are_due_and_only_when_time_comes()
    {
        var fired = new List<string>();
        using var late = _time.CreateTimer(_ => fired.Add("late"), null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        using var early = _time.CreateTimer(_ => fired.Add("early"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using var never = _time.CreateTimer(_ => fired.Add("never"), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);

        _time.NextDue.Should().Be(TimeSpan.FromSeconds(1));
        Advance(TimeSpan.FromSeconds(2));

        fired.Should().Equal("early", "late");
    }

    [Fact]
    public void A_periodic_timer_fires_once_a_period_and_a_timer_that_is_disposed_no_more()
    {
        var ticks = 0;
        var timer = _time.CreateTimer(_ => ticks++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        Advance(TimeSpan.FromSeconds(3.5));
        timer.Dispose();

        Advance(TimeSpan.FromSeconds(10));

        ticks.Should().Be(3);
        _time.NextDue.Should().BeNull();
    }

    [Fact]
    public void The_wall_clock_may_jump_and_what_has_passed_does_not()
    {
        Advance(TimeSpan.FromSeconds(5));
        var before = _time.GetTimestamp();

        _time.WallClockAhead = TimeSpan.FromHours(-1);

        _time.GetUtcNow().Should().Be(Start + TimeSpan.FromSeconds(5) - TimeSpan.FromHours(1));
        _time.GetElapsedTime(before).Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public async Task Awaited_delays_come_back_on_the_scheduler()
    {
        var delay = _scheduler.Within(async () =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _time, TestContext.Current.CancellationToken);
            return SynchronizationContext.Current;
        });
        _scheduler.Run();
        Advance(TimeSpan.FromSeconds(1));

        delay.IsCompletedSuccessfully.Should().BeTrue();
        (await delay).Should().BeSameAs(_scheduler);
    }

    private void Advance(TimeSpan by)
    {
        _time.AdvanceTo(_time.Elapsed + by);
        _scheduler.Run();
    }
}
