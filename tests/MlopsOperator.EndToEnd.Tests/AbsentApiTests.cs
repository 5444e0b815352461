using MlopsOperator.Demo.Scenarios;

namespace MlopsOperator.EndToEnd.Tests;

[Collection(nameof(WholeMachine))]
public sealed class AbsentApiTests
{
    private static readonly TimeSpan Absence = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task An_api_that_is_away_for_five_seconds_in_the_middle_of_each_rollout_changes_neither_the_end_nor_any_answer()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var demo = await RunningDemo.StartAsync(300, _ => true, cancellation);

        var scenario = new CanaryScenario();
        var story = scenario.TellAsync(demo.Story, demo.Replay, cancellation);
        foreach (var number in new[] { 2, 3 })
        {
            var before = await demo.UntilExposedAsync(number, story, cancellation);
            before.Status!.FinishedAt.Should().BeNull();
            await demo.Cluster.RestartApiAsync(Absence, cancellation);
        }

        // It tells the versions, phases and reasons of both ends, and that the route follows.
        await story;
        await demo.StopTrafficAsync();
        scenario.ProblemOf(demo.Traffic).Should().BeNull();
        demo.Traffic.Failures(DemoNames.BadVersion).Should().BeEmpty();
    }
}
