using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Rollouts;
using MlopsOperator.Rollouts.Decisions;
using MlopsOperator.Rollouts.Inputs;
using MlopsOperator.Rollouts.Tests.Fixtures;
using MlopsOperator.Statistics.Evidence;
using MlopsOperator.Statistics.Tests.Verdicts;

namespace MlopsOperator.Benchmarks.Inputs;

/// <summary>
/// A canary at its step of 10 %, judged by errors and latency, of which forty rounds of evidence are in the record; one more comes in. The world is that of the
/// engine's tests.
/// </summary>
internal sealed class CanaryRound
{
    private const int Weight = 1000;

    private readonly RolloutInputs _inputs;

    public CanaryRound()
    {
        var strategy = Release.Canary("10%", "50%");
        strategy = strategy with
        {
            // Long enough that the step goes on.
            Canary = strategy.Canary! with { Steps = [.. strategy.Canary!.Steps!.Select(step => step with { Wait = "10m" })] },
            Analysis = strategy.Analysis! with { Metrics = [.. strategy.Analysis!.Metrics!, new AnalysisMetric { Name = "latency", Latency = new LatencyRule() }] },
        };
        var traffic = new SimulatedTraffic(seed: 7, requestsPerBlock: 1000);
        var release = Release.FromAToB(strategy: strategy).RunUntilWeight(Weight).Run(seconds: 40, world => Serve(world, traffic));
        Serve(release, traffic);
        _inputs = release.Inputs();

        var decision = Decide();
        if (decision.Record.Phase is not RolloutPhase.Progressing || decision.Record.Weights?.Candidate != Weight || decision.Record.Evidence == _inputs.Record.Evidence)
        {
            throw new InvalidOperationException($"The canary is not judged at its first step: {decision.Record.Phase} {decision.Record.Step.Name}: {decision.Record.Message}");
        }
    }

    /// <summary>The decision; the same each time.</summary>
    public RolloutDecision Decide() => RolloutEngine.Decide(_inputs);

    private static void Serve(Release release, SimulatedTraffic traffic)
    {
        release.Block(requests: 100, errors: 0, stableRequests: 900, stableErrors: 0);
        release.Evidence[^1] = release.Evidence[^1] with
        {
            Arms = new Dictionary<string, ArmBlock>(StringComparer.Ordinal)
            {
                ["b"] = traffic.Timed(requests: 100, median: 0.02),
                ["a"] = traffic.Timed(requests: 900, median: 0.02) with { Errors = 1 },
            },
        };
    }
}
