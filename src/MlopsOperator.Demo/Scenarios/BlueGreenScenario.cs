using MlopsOperator.Api.Rollouts;
using MlopsOperator.Demo.Traffic;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>
/// All traffic moves at once: a good version is promoted; one that fails its golden requests gets no request; one that begins to fail in the bake, when it is
/// stable already, gives everything back.
/// </summary>
internal sealed class BlueGreenScenario : IDemoScenario
{
    public string Name => "blue-green";

    public string Strategy => "blue-green";

    public string Ending =>
        $"{DemoNames.GoodVersion} was promoted, {DemoNames.SwappedVersion} got no request, {DemoNames.BadVersion} was taken back in its bake, and clients saw no other error.";

    public async Task TellAsync(DemoStory story, Replay replay, CancellationToken cancellationToken)
    {
        await story.HistoryAsync(cancellationToken);
        var judged = await story.RollOutAsync(DemoNames.GoodVersion, "all its pods come up beside the old ones, then take the whole route at once", cancellationToken);
        story.Expect(RolloutPhase.Succeeded, RolloutReasons.Proved);
        await story.ExpectSamePodsAsync(judged, cancellationToken);

        await story.RollOutAsync(DemoNames.SwappedVersion, "an export with its classes swapped, which its golden requests find out", cancellationToken);
        story.Expect(RolloutPhase.RolledBack, RolloutReasons.TestFailed);

        // What a version cannot answer may come only hours after its release.
        replay.Sends = row => row.HasHistory;
        var baked = false;
        await story.RollOutAsync(
            DemoNames.BadVersion,
            "a model that fails on rows with a missing value, of which none come until it is stable",
            cancellationToken,
            rollout =>
            {
                if (!baked && rollout.Status is { Phase: RolloutPhase.Baking })
                {
                    baked = true;
                    story.Say($"{DemoNames.BadVersion} is stable; now rows with a missing value come.");
                    replay.Sends = _ => true;
                }
            });
        story.Expect(RolloutPhase.RolledBack, RolloutReasons.Failed);
        if (!baked)
        {
            throw new DemoFailure($"{DemoNames.BadVersion} was taken back before it was stable: nothing was seen of the way back in the bake.");
        }

        await story.ExpectRejectedAsync(DemoNames.BadVersion, cancellationToken);
    }

    public string? ProblemOf(TrafficLog traffic) =>
        traffic.ByVersion().ContainsKey(DemoNames.SwappedVersion) ? $"{DemoNames.SwappedVersion}, which fails its golden requests, answered clients." : ClientErrors.BeyondThoseOf(DemoNames.BadVersion, traffic);
}
