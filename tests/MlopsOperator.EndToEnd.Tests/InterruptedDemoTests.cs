using System.Diagnostics;
using System.Globalization;
using MlopsOperator.Demo.Processes;

namespace MlopsOperator.EndToEnd.Tests;

[Collection(nameof(WholeMachine))]
public sealed class InterruptedDemoTests
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("Starting the embedded cluster", 0)]
    // Operator, two gateways, two model servers.
    [InlineData("Traffic flows", 5)]
    public async Task Ctrl_C_ends_every_process_and_leaves_no_file(string after, int programs)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("interrupted-demo-");
        using var demo = Start(folder.FullName);
        try
        {
            var errors = demo.StandardError.ReadToEndAsync(cancellation);
            using (var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
            {
                limit.CancelAfter(StartLimit);
                while (await demo.StandardOutput.ReadLineAsync(limit.Token) is { } line && !line.StartsWith(after, StringComparison.Ordinal))
                {
                }
            }

            demo.HasExited.Should().BeFalse();
            var processes = ProcessTree.Descendants(demo.Id);
            processes.Count(id => ProcessTree.CommandLine(id).Contains("MlopsOperator.", StringComparison.Ordinal)).Should().BeGreaterThanOrEqualTo(programs);
            var rest = demo.StandardOutput.ReadToEndAsync(cancellation);
            await InterruptAsync(demo.Id, cancellation);
            using (var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
            {
                limit.CancelAfter(EndLimit);
                await demo.WaitForExitAsync(limit.Token);
            }

            demo.ExitCode.Should().Be(130, await errors);
            (await errors).Should().Be($"Stopped; every process that the demo started has ended.{Environment.NewLine}");
            processes.Where(ProcessTree.IsAlive).Select(ProcessTree.CommandLine).Should().BeEmpty();
            Directory.GetFileSystemEntries(folder.FullName).Should().BeEmpty();
            (await rest).Should().NotContain("Done in");
        }
        finally
        {
            if (!demo.HasExited)
            {
                demo.Kill(entireProcessTree: true);
            }

            folder.Delete(recursive: true);
        }
    }

    private static Process Start(string temporaryFolder)
    {
        // A shell that starts a test run in the background has it ignore SIGINT, and what it starts inherits that.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", typeof(Demo.DemoRunner).Assembly.Location])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NO_COLOR"] = "1", ["TMPDIR"] = temporaryFolder },
        };
        return Process.Start(start)!;
    }

    private static async Task InterruptAsync(int id, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-INT", id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
        kill.ExitCode.Should().Be(0);
    }
}
