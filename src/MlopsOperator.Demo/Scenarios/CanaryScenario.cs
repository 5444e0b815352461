using MlopsOperator.Api.Rollouts;
using MlopsOperator.Demo.Traffic;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>Traffic moves in steps: a good version is promoted, a bad one is taken back at its first step.</summary>
internal sealed class CanaryScenario : IDemoScenario
{
    public string Name => "canary";

    public string Strategy => "quick";

    public string Ending => $"{DemoNames.GoodVersion} was promoted, {DemoNames.BadVersion} was taken back, and clients saw no other error.";

    public async Task TellAsync(DemoStory story, Replay replay, CancellationToken cancellationToken)
    {
        await story.HistoryAsync(cancellationToken);
        var judged = await story.RollOutAsync(DemoNames.GoodVersion, "a better model of the same signature", cancellationToken);
        story.Expect(RolloutPhase.Succeeded, RolloutReasons.Proved);
        await story.ExpectSamePodsAsync(judged, cancellationToken);

        await story.RollOutAsync(DemoNames.BadVersion, "a model that fails on rows with a missing value; its own golden request has none", cancellationToken);
        story.Expect(RolloutPhase.RolledBack, RolloutReasons.Failed);
        await story.ExpectRejectedAsync(DemoNames.BadVersion, cancellationToken);
    }

    public string? ProblemOf(TrafficLog traffic) => ClientErrors.BeyondThoseOf(DemoNames.BadVersion, traffic);
}
