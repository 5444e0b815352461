using MlopsOperator.Demo.Soak;

namespace MlopsOperator.Demo.Tests.Soak;

public sealed class SoakReportTests
{
    private const string Gateway = "Gateway 127.64.0.1 (7)";

    private static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    [Fact]
    public void Processes_that_live_through_it_unchanged_are_flat()
    {
        var report = SoakReport.Of([.. All(Length, Flat(Gateway)), .. All(Length, Flat(ProcessSampler.Own)), .. ModelServers()], Length);

        report.Problems.Should().BeEmpty();
        report.Lines.Should().Contain(line => line.StartsWith(Gateway, StringComparison.Ordinal) && line.Contains("timers", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(20, 0, 0, 0, 0, "resident MiB")]
    [InlineData(0, 10, 0, 0, 0, "heap MiB")]
    [InlineData(0, 0, 10, 0, 0, "threads")]
    [InlineData(0, 0, 0, 20, 0, "handles")]
    [InlineData(0, 0, 0, 0, 20, "timers")]
    public void What_a_process_loses_over_the_soak_is_named(double resident, double heap, double threads, double handles, double timers, string figure)
    {
        var leaking = All(Length, at => new ProcessSample(
            at, Gateway, 100 + (resident * 3 * (at / Length)), 10 + (heap * (at / Length)), 20 + (int)(threads * (at / Length)), 200 + (int)(handles * (at / Length)), 5 + (timers * (at / Length))));

        var report = SoakReport.Of([.. leaking, .. ModelServers()], Length);

        report.Problems.Should().ContainSingle().Which.Should().StartWith($"{Gateway}: {figure} is not flat");
    }

    [Fact]
    public void A_gateway_that_ended_in_the_middle_is_a_problem_and_a_model_server_is_not()
    {
        var ended = All(Length / 2, Flat(Gateway));

        SoakReport.Of([.. ended, .. ModelServers()], Length).Problems.Should().ContainSingle().Which.Should().StartWith($"{Gateway} did not live through the soak");
    }

    [Fact]
    public void Model_servers_that_rollouts_leave_behind_are_a_problem()
    {
        var left = Enumerable.Range(0, 15).SelectMany(number =>
            All(Length, Flat(FormattableString.Invariant($"ModelServer 127.64.0.{number} ({number})"))).Where(sample => sample.At >= TimeSpan.FromMinutes(number)));

        SoakReport.Of([.. left], Length).Problems.Should().ContainSingle().Which.Should().StartWith("all model servers: processes is not flat");
    }

    [Fact]
    public void A_short_soak_is_not_judged_but_must_be_read()
    {
        var length = TimeSpan.FromMinutes(1);
        var growing = All(length, at => new ProcessSample(at, Gateway, 100, 10, 20, 200 + (int)at.TotalSeconds, null));

        SoakReport.Of([.. growing, .. All(length, Flat("ModelServer"))], length).Problems.Should().ContainSingle().Which.Should().Be($"{Gateway}: timers could not be read.");
    }

    private static IEnumerable<ProcessSample> ModelServers() => All(Length, Flat("ModelServer 127.64.0.2 (8)"));

    private static Func<TimeSpan, ProcessSample> Flat(string process) => at => new ProcessSample(at, process, 100, 10, 20, 200, 5);

    private static IEnumerable<ProcessSample> All(TimeSpan until, Func<TimeSpan, ProcessSample> sample) =>
        Enumerable.Range(0, (int)(until / TimeSpan.FromSeconds(5))).Select(number => sample(TimeSpan.FromSeconds(number * 5)));
}
