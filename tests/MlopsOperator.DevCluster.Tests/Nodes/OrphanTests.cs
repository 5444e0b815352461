using System.Diagnostics;
using MlopsOperator.DevCluster.Controllers;
using MlopsOperator.DevCluster.Tests.Controllers;

namespace MlopsOperator.DevCluster.Tests.Nodes;

public sealed class OrphanTests
{
    private const string Handshake = "DEVCLUSTER_ORPHAN_TEST";

    [Fact]
    public async Task When_the_cluster_is_killed_with_SIGKILL_its_processes_and_its_folder_go_with_it()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("devcluster-test-");
        var said = Path.Combine(folder.FullName, "said");
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "--filter-method", $"*{nameof(OrphanTests)}.{nameof(When_the_cluster_is_disposed_of_its_processes_and_its_folder_go_with_it)}" })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[Handshake] = said;
        using var parent = Process.Start(start)!;
        try
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            for (var i = 0; i < 1_200 && !File.Exists(said) && !parent.HasExited; i++)
            {
                await timer.WaitForNextTickAsync(cancelled);
            }

            File.Exists(said).Should().BeTrue("the other process should have started its pod within a minute; it said: {0}", parent.HasExited ? await parent.StandardOutput.ReadToEndAsync(cancelled) : "nothing");
            var lines = (await File.ReadAllTextAsync(said, cancelled)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            lines.Should().HaveCount(3);
            (await Processes.IsThereAsync(lines[0])).Should().BeTrue();
            (await Processes.IsThereAsync(lines[1])).Should().BeTrue();
            Directory.Exists(lines[2]).Should().BeTrue();

            parent.Kill();
            await parent.WaitForExitAsync(cancelled);

            await Processes.UntilGoneAsync(lines[0]);
            await Processes.UntilGoneAsync(lines[1]);
            for (var i = 0; i < 500 && Directory.Exists(lines[2]); i++)
            {
                await timer.WaitForNextTickAsync(cancelled);
            }

            Directory.Exists(lines[2]).Should().BeFalse();
        }
        finally
        {
            if (!parent.HasExited)
            {
                parent.Kill();
            }

            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task When_the_cluster_is_disposed_of_its_processes_and_its_folder_go_with_it()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var handshake = Environment.GetEnvironmentVariable(Handshake);
        var folder = handshake is null ? Directory.CreateTempSubdirectory("devcluster-test-").FullName : Path.GetDirectoryName(handshake)!;
        var said = handshake ?? Path.Combine(folder, "said");
        await using (var cluster = await RunningCluster.StartAsync(pods => pods.Image("sh:*", pod => pod.Process("/bin/sh", "-c").Env("SAID", said)), real: true))
        {
            // It lives for a moment before it says so: whoever watches over it is told of a process right after its start.
            await cluster.CreateAsync(ResourceId.Pods, Manifests.Pod(
                "a", """{"image":"sh:1","args":["sleep 300 & sleep 1; { echo $$$$; echo $!; echo \"$HOME\"; } > \"$SAID.new\"; mv \"$SAID.new\" \"$SAID\"; wait"]}"""));
            if (handshake is not null)
            {
                // The other test started this process, and kills it.
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled);
            }

            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            for (var i = 0; i < 1_000 && !File.Exists(said); i++)
            {
                await timer.WaitForNextTickAsync(cancelled);
            }
        }

        var lines = (await File.ReadAllTextAsync(said, cancelled)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        (await Processes.IsThereAsync(lines[0])).Should().BeFalse();
        await Processes.UntilGoneAsync(lines[1]);
        Directory.Exists(lines[2]).Should().BeFalse();
        Directory.Delete(folder, recursive: true);
    }
}
