using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Statistics.Tests.Verdicts;

public sealed class SimulationTests(ITestOutputHelper output)
{
    private const double DemoBlocksPerSecond = 8;
    private const double DemoRequestsPerBlock = 37.5;

    [Fact]
    public void A_candidate_without_errors_passes_the_demo_in_seconds()
    {
        var seconds = Runs(100, seed => BlocksToPass(seed, 0.1, 0, lastStep: false) / DemoBlocksPerSecond);
        var last = Runs(100, seed => BlocksToPass(seed, 0.5, 1, lastStep: true) / DemoBlocksPerSecond);

        Report($"10 %: median {Quantile(seconds, 0.5)} s, 95 % {Quantile(seconds, 0.95)} s; 50 %: median {Quantile(last, 0.5)} s, 95 % {Quantile(last, 0.95)} s");
        Quantile(seconds, 0.5).Should().BeInRange(5, 12);
        Quantile(seconds, 0.95).Should().BeLessThan(14);
        Quantile(last, 0.95).Should().BeLessThan(9);
    }

    [Fact]
    public void A_candidate_with_2_9_percent_errors_fails_the_demo_after_about_five_seconds()
    {
        var settings = Strategies.Demo(Strategies.CleanHistory);
        var seconds = Runs(300, seed => BlocksToFail(settings, new(seed, DemoRequestsPerBlock), 0.1, 0.029, 0, 800) / DemoBlocksPerSecond);

        Report($"median {Quantile(seconds, 0.5)} s, 95 % {Quantile(seconds, 0.95)} s");
        Quantile(seconds, 0.5).Should().BeInRange(3, 7);
        Quantile(seconds, 0.95).Should().BeLessThan(13);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void A_candidate_that_fails_everything_at_50_requests_a_second_fails_within_three_seconds(double weight)
    {
        const double BlocksPerSecond = 4;
        var settings = Strategies.Demo();
        var seconds = Runs(500, seed => BlocksToFail(settings, new(seed, 50 / BlocksPerSecond / weight), weight, 1, 0, 100) / BlocksPerSecond);

        Report($"median {Quantile(seconds, 0.5)} s, longest {seconds.Max()} s");
        seconds.Max().Should().BeLessThan(3);
    }

    [Theory]
    [InlineData(0.01, 1)]
    [InlineData(0.002, 1)]
    [InlineData(0.01, 4)]
    public void A_candidate_like_stable_is_seldom_failed(double rate, int clump)
    {
        var settings = Strategies.Demo();
        var failed = Enumerable.Range(0, 100).Count(seed => BlocksToFail(settings, new(seed, 100), 0.1, rate, rate, 360, clump) < 360);

        Report($"{failed} of 100 failed");
        failed.Should().BeLessThanOrEqualTo(3, "at most 1 % may fail: more than three of a hundred have a chance of 2 % then");
    }

    [Fact]
    public void A_candidate_at_the_ceiling_seldom_passes_it_with_history()
    {
        var settings = Strategies.Only(new() { Name = Strategies.Ceiling, Kind = GuardKind.ErrorCeiling, Ceiling = 0.05 }, new(60, 6000, 300, 1800));
        var passed = Enumerable.Range(0, 300).Count(seed => EverPasses(settings, new(seed, 200), 0.05, 0.05, 240));

        Report($"{passed} of 300 passed");
        passed.Should().BeLessThanOrEqualTo(22, "at most 5 % may pass");
    }

    [Fact]
    public void A_candidate_at_the_ratio_seldom_passes_it()
    {
        var settings = Strategies.Only(Strategies.RatioGuard, new(60, 6000, 120, 360));
        var passed = Enumerable.Range(0, 100).Count(seed => EverPasses(settings, new(seed, 200), 0.03, 0.02, 240));

        Report($"{passed} of 100 passed");
        passed.Should().BeLessThanOrEqualTo(9, "at most 5 % may pass");
    }

    [Fact]
    public void A_candidate_twice_as_slow_fails_and_one_as_fast_passes()
    {
        var settings = Strategies.Only(Strategies.LatencyGuard);
        var slow = Runs(40, seed => BlocksToEnd(settings, seed, 0.2, Verdict.Fail));
        var fast = Runs(40, seed => BlocksToEnd(settings, seed, 0.1, Verdict.Pass));

        Report($"slow: {Quantile(slow, 0.5)} blocks to Fail; fast: {Quantile(fast, 0.5)} to Pass");
        Quantile(slow, 0.9).Should().BeLessThan(60);
        Quantile(fast, 0.5).Should().BeLessThan(300);
    }

    private void Report(FormattableString text) => output.WriteLine(FormattableString.Invariant(text));

    private static double BlocksToEnd(JudgeSettings settings, int seed, double candidateMedian, Verdict wanted)
    {
        var traffic = new SimulatedTraffic(seed, 0);
        var state = Judge.Begin(settings);
        for (var block = 1; block < 500; block++)
        {
            state = Judge.Observe(settings, state, new() { Candidate = traffic.Timed(200, candidateMedian), Stable = traffic.Timed(200, 0.1) }, countsForPass: true);
            var verdict = Judge.Assess(settings, state, 1, lastStep: true).Verdicts[0].State;
            if (verdict != Verdict.Unknown)
            {
                return verdict == wanted ? block : 500;
            }
        }

        return 500;
    }

    private static double BlocksToPass(int seed, double weight, int step, bool lastStep)
    {
        var settings = Strategies.Demo(Strategies.CleanHistory);
        var (state, traffic) = (Judge.Begin(settings), new SimulatedTraffic(seed, DemoRequestsPerBlock));
        for (var block = 1; block < 1000; block++)
        {
            state = Judge.Observe(settings, state, traffic.Block(weight, 0, 0), countsForPass: true);
            if (Judge.Assess(settings, state, step, lastStep).AllRequiredPass)
            {
                return block;
            }
        }

        return 1000;
    }

    private static bool EverPasses(JudgeSettings settings, SimulatedTraffic traffic, double candidateRate, double stableRate, int blocks)
    {
        var state = Judge.Begin(settings);
        for (var block = 0; block < blocks; block++)
        {
            state = Judge.Observe(settings, state, traffic.Block(0.5, candidateRate, stableRate), countsForPass: true);
            if (Judge.Assess(settings, state, 1, lastStep: true).AllRequiredPass)
            {
                return true;
            }
        }

        return false;
    }

    private static double BlocksToFail(JudgeSettings settings, SimulatedTraffic traffic, double weight, double candidateRate, double stableRate, int blocks, int clump = 1)
    {
        var state = Judge.Begin(settings);
        for (var block = 1; block < blocks; block++)
        {
            state = Judge.Observe(settings, state, traffic.Block(weight, candidateRate, stableRate, clump), countsForPass: false);
            if (state.FailedGuard is not null)
            {
                return block;
            }
        }

        return blocks;
    }

    private static double[] Runs(int count, Func<int, double> run) => [.. Enumerable.Range(1, count).Select(run).Order()];

    private static double Quantile(double[] ordered, double quantile) => ordered[(int)Math.Min(ordered.Length - 1, quantile * ordered.Length)];
}
