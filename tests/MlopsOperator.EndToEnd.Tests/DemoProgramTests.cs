using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlopsOperator.EndToEnd.Tests;

[Collection(nameof(WholeMachine))]
public sealed class DemoProgramTests
{
    [Fact]
    public async Task The_demo_promotes_the_good_version_takes_the_bad_one_back_and_says_so()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("demo-");
        try
        {
            var file = Path.Combine(folder.FullName, "summary.json");
            var (exitCode, output) = await RunAsync(["--summary", file], cancellation);

            exitCode.Should().Be(0, output);
            var summary = JsonNode.Parse(await File.ReadAllTextAsync(file, cancellation))!;
            var rollouts = summary["rollouts"]!.AsArray();
            rollouts.Select(rollout => $"{rollout!["name"]} {rollout["from"]}→{rollout["to"]} {rollout["phase"]} {rollout["outcome"]}").Should().Equal(
                "delays-1 →delays-v1 Succeeded Initial",
                "delays-2 delays-v1→delays-v2 Succeeded Proved",
                "delays-3 delays-v2→delays-v3 RolledBack Failed");
            rollouts[1]!["weights"]!.AsArray().Select(weight => weight!.GetValue<int>()).Should().ContainInOrder(1000, 5000, 10000);
            rollouts[2]!["errors"]!.GetValue<long>().Should().BePositive();
            var traffic = summary["traffic"]!;
            traffic["errors"]!.GetValue<long>().Should().Be(traffic["byVersion"]!["delays-v3"]!["errors"]!.GetValue<long>(), "no other version answered an error");
            output.Should().Contain("The route sends 100% to delays-v2.").And.Contain("The 2 pods that were judged at the first weight are those that serve now.");
            // Seconds since the cluster was up. The promise is 60 on two cores that do nothing else; a test run does more.
            var seconds = int.Parse(Regex.Match(output, @"Done in (?<seconds>\d+) s", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["seconds"].Value, CultureInfo.InvariantCulture);
            TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"The demo took {seconds} s."));
            seconds.Should().BeLessThan(120);
            rollouts.Sum(rollout => rollout!["durationSeconds"]!.GetValue<double>()).Should().BePositive().And.BeLessThan(seconds + 1);
            output.Should().NotContain("\u001b[", "NO_COLOR asks for plain lines");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("blue-green", "delays-2 Succeeded Proved 10000", "delays-3 RolledBack TestFailed ", "delays-4 RolledBack Failed 10000 0")]
    [InlineData("recreate", "delays-2 Succeeded Unproved 10000", "delays-3 RolledBack TestFailed ")]
    public async Task Each_strategy_ends_as_it_should_for_a_good_candidate_and_for_bad_ones(string scenario, params string[] rollouts)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("demo-");
        try
        {
            var file = Path.Combine(folder.FullName, "summary.json");
            var (exitCode, output) = await RunAsync(["--scenario", scenario, "--summary", file], cancellation);

            exitCode.Should().Be(0, output);
            var summary = JsonNode.Parse(await File.ReadAllTextAsync(file, cancellation))!;
            summary["rollouts"]!.AsArray().Skip(1).Select(rollout => $"{rollout!["name"]} {rollout["phase"]} {rollout["outcome"]} {string.Join(' ', rollout["weights"]!.AsArray())}").Should().Equal(rollouts);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_scenario_that_does_not_exist_ends_with_the_names_of_those_that_do()
    {
        var (exitCode, output) = await RunAsync(["--scenario", "purple"], TestContext.Current.CancellationToken);

        exitCode.Should().NotBe(0);
        output.Should().Contain("purple").And.Contain("blue-green").And.Contain("recreate");
    }

    [Fact]
    public async Task An_option_that_does_not_exist_ends_with_a_sentence_and_a_code()
    {
        var (exitCode, output) = await RunAsync(["--nonsense"], TestContext.Current.CancellationToken);

        exitCode.Should().NotBe(0);
        output.Should().Contain("--nonsense");
    }

    [Fact]
    public async Task A_machine_that_does_not_let_the_demo_start_ends_it_with_one_sentence_and_a_code()
    {
        var missing = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        var (exitCode, output) = await RunAsync([], TestContext.Current.CancellationToken, missing);

        exitCode.Should().Be(Demo.DemoRunner.Bad);
        output.Trim().Split(Environment.NewLine)[^1].Should().StartWith("The demo could not run: ").And.Contain(missing);
        output.Should().NotContain("   at ", "a person is not shown a stack trace");
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string[] arguments, CancellationToken cancellationToken, string? temporaryFolder = null)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Demo.DemoRunner).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NO_COLOR"] = "1", ["TMPDIR"] = temporaryFolder ?? Path.GetTempPath() },
        };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
