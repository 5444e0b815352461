using System.Diagnostics;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Demo.Processes;
using MlopsOperator.Demo.Scenarios;

namespace MlopsOperator.EndToEnd.Tests;

[Collection(nameof(WholeMachine))]
public sealed class KilledOperatorTests
{
    [Fact]
    public async Task An_operator_killed_in_the_middle_of_a_canary_comes_to_the_same_end()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var demo = await RunningDemo.StartAsync(300, _ => true, cancellation);
        await demo.Watcher.UntilAsync("history of the first version", TimeSpan.FromSeconds(60), (deployment, _) => deployment?.Status?.Baseline?.Blocks >= 60, cancellation);

        await demo.Api.SetVersionAsync(DemoNames.GoodVersion, cancellation);
        await demo.Watcher.UntilAsync("traffic to the candidate", TimeSpan.FromSeconds(60), (_, rollout) => rollout?.Spec.Number == 2 && rollout.Status?.Weights?.Candidate == 1000, cancellation);
        Kill("MlopsOperator.Operator.dll");

        await demo.Watcher.UntilAsync("the end of the good rollout", TimeSpan.FromSeconds(120), (_, rollout) => rollout is { Spec.Number: 2, Status.FinishedAt: not null }, cancellation);
        demo.Watcher.Newest!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.Succeeded, Reason = RolloutReasons.Proved });

        await demo.Api.SetVersionAsync(DemoNames.BadVersion, cancellation);
        await demo.Watcher.UntilAsync("traffic to the bad candidate", TimeSpan.FromSeconds(60), (_, rollout) => rollout?.Spec.Number == 3 && rollout.Status?.Weights?.Candidate == 1000, cancellation);
        Kill("MlopsOperator.Operator.dll");

        await demo.Watcher.UntilAsync("the end of the bad rollout", TimeSpan.FromSeconds(120), (_, rollout) => rollout is { Spec.Number: 3, Status.FinishedAt: not null }, cancellation);
        demo.Watcher.Newest!.Status.Should().BeEquivalentTo(new { Phase = RolloutPhase.RolledBack, Reason = RolloutReasons.Failed });
        await demo.StopTrafficAsync();
        demo.Traffic.UnexpectedErrors(DemoNames.BadVersion).Should().BeEmpty();
    }

    /// <summary>SIGKILL to the program, which this test's cluster started as a process of its own.</summary>
    private static void Kill(string program)
    {
        var own = ProcessTree.Descendants(Environment.ProcessId).Where(process => ProcessTree.CommandLine(process).Contains(program, StringComparison.Ordinal)).ToList();
        own.Should().NotBeEmpty($"{program} runs as a process of this test");
        foreach (var id in own)
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
    }
}
