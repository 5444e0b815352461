using MlopsOperator.Simulation.Scheduling;

namespace MlopsOperator.Simulation.Tests;

public sealed class SimulationSchedulerTests
{
    [Fact]
    public void Without_a_random_source_the_oldest_work_is_first()
    {
        Order(random: null).Should().BeInAscendingOrder();
    }

    [Fact]
    public void A_seed_is_one_order_and_another_seed_another()
    {
        Order(new Random(1)).Should().Equal(Order(new Random(1))).And.NotEqual(Order(new Random(2)));
    }

    [Fact]
    public void All_that_follows_from_work_runs_before_Run_returns()
    {
        var scheduler = new SimulationScheduler();
        var done = false;
        var working = scheduler.Within(async () =>
        {
            await Task.Yield();
            await Task.Yield();
            done = true;
        });

        scheduler.Run();

        done.Should().BeTrue();
        working.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public async Task Work_that_comes_back_from_another_thread_fails_the_run()
    {
        var scheduler = new SimulationScheduler();
        var posting = Task.CompletedTask;
        scheduler.Post(_ => posting = Task.Run(() => scheduler.Post(_ => { }, null), TestContext.Current.CancellationToken), null);
        scheduler.Post(_ => SpinWait.SpinUntil(() => posting.IsCompleted, TimeSpan.FromSeconds(10)), null);

        scheduler.Run();
        await posting;

        scheduler.Invoking(it => it.ThrowIfEscaped()).Should().Throw<InvalidOperationException>().WithMessage("*another thread*");
    }

    [Fact]
    public async Task Work_that_comes_back_from_another_thread_between_two_runs_fails_the_run_too()
    {
        var scheduler = new SimulationScheduler();
        scheduler.Run();

        await Task.Factory.StartNew(() => scheduler.Post(_ => { }, null), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        scheduler.Invoking(it => it.ThrowIfEscaped()).Should().Throw<InvalidOperationException>().WithMessage("*another thread*");
    }

    private static List<int> Order(Random? random)
    {
        var scheduler = new SimulationScheduler(random);
        var order = new List<int>();
        for (var number = 0; number < 50; number++)
        {
            var mine = number;
            scheduler.Post(_ => order.Add(mine), null);
        }

        scheduler.Run();
        return order;
    }
}
