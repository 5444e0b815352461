using MlopsOperator.Api.Rollouts;
using MlopsOperator.Demo.Traffic;

namespace MlopsOperator.Demo.Scenarios;

/// <summary>The old version stops before the new one starts, and nothing serves meanwhile; where the new one fails its golden requests, the old one is started again.</summary>
internal sealed class RecreateScenario : IDemoScenario
{
    public string Name => "recreate";

    public string Strategy => "recreate";

    public string Ending =>
        $"{DemoNames.GoodVersion} took over, {DemoNames.SwappedVersion} got no request and {DemoNames.GoodVersion} was started again; only while nothing served were requests refused.";

    public async Task TellAsync(DemoStory story, Replay replay, CancellationToken cancellationToken)
    {
        await story.RollOutAsync(DemoNames.GoodVersion, "the old pods stop, then its own start; until they are ready the gateway refuses requests (502, then 503)", cancellationToken);
        story.Expect(RolloutPhase.Succeeded, RolloutReasons.Unproved);
        await story.ExpectNoErrorsAsync(cancellationToken);

        await story.RollOutAsync(DemoNames.SwappedVersion, "an export with its classes swapped, which its golden requests find out", cancellationToken);
        story.Expect(RolloutPhase.RolledBack, RolloutReasons.TestFailed);
        await story.ExpectRejectedAsync(DemoNames.SwappedVersion, cancellationToken);
        await story.ExpectNoErrorsAsync(cancellationToken);
    }

    public string? ProblemOf(TrafficLog traffic)
    {
        var counts = traffic.ByVersion();
        return counts.ContainsKey(DemoNames.SwappedVersion) ? $"{DemoNames.SwappedVersion}, which fails its golden requests, answered clients."
            : ClientErrors.BeyondRefusals(traffic);
    }
}
