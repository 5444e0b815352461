using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MlopsOperator.DevCluster.Nodes;
using MlopsOperator.DevCluster.Nodes.Logs;
using MlopsOperator.DevCluster.Nodes.Pods;
using MlopsOperator.DevCluster.Nodes.Probes;
using MlopsOperator.DevCluster.Nodes.Processes;

namespace MlopsOperator.DevCluster.Tests.Nodes;

public sealed class NodePartTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("$(A)/$(B)", "one/two")]
    [InlineData("$$(A)", "$(A)")]
    [InlineData("$(MISSING)", "$(MISSING)")]
    [InlineData("$(A", "$(A")]
    [InlineData("cost: 5$", "cost: 5$")]
    [InlineData("$A", "$A")]
    public void Variables_are_expanded_as_the_kubelet_does(string text, string expected) =>
        VariableExpansion.Expand(text, new Dictionary<string, string> { ["A"] = "one", ["B"] = "two" }).Should().Be(expected);

    [Theory]
    [InlineData("/mnt/models", "/host/models")]
    [InlineData("/mnt/models/v1/model.onnx", "/host/models/v1/model.onnx")]
    [InlineData("/mnt/models-old", "/mnt/models-old")]
    [InlineData("/mnt/models/cache/x", "/host/cache/x")]
    [InlineData("--model=/mnt/models/v1", "--model=/host/models/v1")]
    [InlineData("model=/mnt/models", "model=/mnt/models")]
    [InlineData("see /mnt/models", "see /mnt/models")]
    public void Paths_of_mounts_are_rewritten_where_a_value_begins_with_them(string value, string expected) =>
        new PathMapping(new Dictionary<string, string> { ["/mnt/models"] = "/host/models", ["/mnt/models/cache"] = "/host/cache" }).Rewrite(value).Should().Be(expected);

    [Fact]
    public void Pauses_double_to_five_minutes_and_begin_again_after_a_long_run()
    {
        var backoff = new RestartBackoff();
        var pauses = new List<double>();
        var now = Start;
        for (var i = 0; i < 8; i++)
        {
            backoff.Failed(now, TimeSpan.FromSeconds(1));
            pauses.Add((backoff.NotBefore - now).TotalSeconds);
            backoff.Attempt();
        }

        backoff.Failed(now, TimeSpan.FromMinutes(11));
        pauses.Add((backoff.NotBefore - now).TotalSeconds);

        pauses.Should().Equal(0, 10, 20, 40, 80, 160, 300, 300, 0);
    }

    [Fact]
    public async Task Readiness_needs_its_thresholds_and_waits_for_startup()
    {
        var clock = new FakeTimeProvider(Start);
        var answers = new Dictionary<ProbeKind, bool> { [ProbeKind.Startup] = false, [ProbeKind.Readiness] = true };
        var runs = new List<(ProbeKind Kind, double Second)>();
        var container = (JsonObject)JsonNode.Parse(
            """
            {"startupProbe":{"initialDelaySeconds":2,"periodSeconds":5,"failureThreshold":3},
            "readinessProbe":{"periodSeconds":1,"successThreshold":2,"failureThreshold":2}}
            """)!;
        var probes = new ContainerProbes(
            container,
            (probe, _) =>
            {
                runs.Add((probe.Kind, (clock.GetUtcNow() - Start).TotalSeconds));
                return Task.FromResult(new ProbeResult(answers[probe.Kind], ""));
            },
            (_, _) => { },
            clock);
        using var stop = new CancellationTokenSource();
        var running = probes.RunAsync(stop.Token);

        await TickAsync(clock, 2);
        answers[ProbeKind.Startup] = true;
        (probes.HasStarted, probes.IsReady).Should().Be((false, false));
        await TickAsync(clock, 5);
        (probes.HasStarted, probes.IsReady).Should().Be((true, false), "one success of two");
        await TickAsync(clock, 1);
        probes.IsReady.Should().BeTrue();
        answers[ProbeKind.Readiness] = false;
        await TickAsync(clock, 1);
        probes.IsReady.Should().BeTrue("one failure of two");
        await TickAsync(clock, 1);
        probes.IsReady.Should().BeFalse();

        await stop.CancelAsync();
        await running;
        runs.Take(4).Should().Equal((ProbeKind.Startup, 2), (ProbeKind.Startup, 7), (ProbeKind.Readiness, 7), (ProbeKind.Readiness, 8));
        probes.Fatal.Should().BeNull();
    }

    [Fact]
    public async Task A_startup_probe_that_fails_for_good_is_fatal()
    {
        var clock = new FakeTimeProvider(Start);
        var container = (JsonObject)JsonNode.Parse("""{"startupProbe":{"periodSeconds":1,"failureThreshold":2},"livenessProbe":{}}""")!;
        var told = 0;
        var probes = new ContainerProbes(container, (_, _) => Task.FromResult(new ProbeResult(false, "no")), (_, _) => told++, clock);
        var running = probes.RunAsync(TestContext.Current.CancellationToken);
        probes.Fatal.Should().BeNull();
        while (!running.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        probes.Fatal.Should().Be(ProbeKind.Startup);
        told.Should().Be(2);
    }

    [Fact]
    public async Task A_log_splits_lines_keeps_times_and_gives_only_what_is_asked_for()
    {
        var folder = Directory.CreateTempSubdirectory("devcluster-test-");
        try
        {
            var clock = new FakeTimeProvider(Start);
            using var log = new ContainerLog(Path.Combine(folder.FullName, "0.log"), clock);
            log.Append("stdout", "one\ntw"u8);
            log.Append("stderr", "error\n"u8);
            clock.Advance(TimeSpan.FromSeconds(10));
            log.Append("stdout", "o\nthree"u8);
            log.Close();

            (await TextAsync(log)).Should().Be("one\nerror\ntwo\nthree");
            (await TextAsync(log, tail: 2)).Should().Be("two\nthree");
            (await TextAsync(log, since: Start.AddSeconds(5))).Should().Be("two\nthree");
            log.Tail(7).Should().Be("o\nthree");
            (await LinesAsync(log))[0].Show(timestamps: true).Should().Be("2026-01-01T00:00:00.000000000Z one\n");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_log_that_is_full_is_kept_once_and_a_line_that_is_too_long_is_split()
    {
        var folder = Directory.CreateTempSubdirectory("devcluster-test-");
        try
        {
            using var log = new ContainerLog(Path.Combine(folder.FullName, "0.log"), new FakeTimeProvider(Start), maxBytes: 1_000);
            for (var i = 0; i < 100; i++)
            {
                log.Append("stdout", Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"line {i:000}\n")));
            }

            var kept = await LinesAsync(log);
            kept[^1].Text.Should().Be("line 099");
            kept.Count.Should().BeInRange(20, 60);
            folder.GetFiles().Sum(file => file.Length).Should().BeLessThan(2_500);

            using var large = new ContainerLog(Path.Combine(folder.FullName, "1.log"), new FakeTimeProvider(Start));
            large.Append("stdout", Encoding.UTF8.GetBytes(new string('x', 40_000) + "\n"));
            (await LinesAsync(large)).Select(line => (line.Text.Length, line.IsFull)).Should().Equal((16_384, false), (16_384, false), (7_232, true));
            (await TextAsync(large)).Should().EndWith(new string('x', 40_000) + "\n");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_rule_that_was_set_last_holds_and_the_default_only_where_none_does()
    {
        var options = new PodOptions().Image("app:*", pod => pod.CrashesAfter(TimeSpan.Zero, 1)).Name("web-*", pod => pod.CrashesAfter(TimeSpan.Zero, 2));
        var none = new Dictionary<string, string>();

        options.Find("web-1", none, "app:1")!.ExitCode.Should().Be(2);
        options.Find("other", none, "app:1")!.ExitCode.Should().Be(1);
        options.Image("app:*", pod => pod.CrashesAfter(TimeSpan.Zero, 3));
        options.Find("web-1", none, "app:1")!.ExitCode.Should().Be(3, "a rule that is set again is the newest");
        options.Find("other", none, "unknown")!.ExitDelay.Should().BeNull();
        options.RefuseUnknownImages().Find("other", none, "unknown").Should().BeNull();
        options.KnownImages().Should().Equal("app:*");
        var zero = () => options.Default(pod => pod.CrashesAfter(TimeSpan.Zero, 0));
        zero.Should().Throw<ArgumentOutOfRangeException>("0 is no crash");
    }

    private static async Task TickAsync(FakeTimeProvider clock, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            for (var turn = 0; turn < 200; turn++)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task<string> TextAsync(ContainerLog log, int? tail = null, DateTimeOffset? since = null) =>
        string.Concat((await LinesAsync(log, tail, since)).Select(line => line.Show(timestamps: false)));

    private static async Task<List<LogLine>> LinesAsync(ContainerLog log, int? tail = null, DateTimeOffset? since = null)
    {
        var lines = new List<LogLine>();
        await foreach (var line in log.ReadAsync(follow: false, tail, since, TestContext.Current.CancellationToken))
        {
            lines.Add(line);
        }

        return lines;
    }
}
