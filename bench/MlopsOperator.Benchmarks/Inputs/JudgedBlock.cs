using MlopsOperator.Statistics.Evidence;
using MlopsOperator.Statistics.Tests.Verdicts;
using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Benchmarks.Inputs;

/// <summary>A candidate of which sixty blocks have been seen, when one more comes in.</summary>
internal sealed class JudgedBlock
{
    private readonly JudgeSettings _settings;
    private readonly JudgementState _state;
    private readonly EvidenceBlock _block;

    private JudgedBlock(JudgeSettings settings)
    {
        var traffic = new SimulatedTraffic(seed: 7, requestsPerBlock: 1000);
        EvidenceBlock Next() => new()
        {
            Candidate = traffic.Timed(requests: 100, median: 0.02),
            Stable = traffic.Timed(requests: 900, median: 0.02) with { Errors = 1 },
        };

        _settings = settings;
        _state = Enumerable.Range(0, 60).Aggregate(Judge.Begin(settings), (state, _) => Judge.Observe(settings, state, Next(), countsForPass: true));
        _block = Next();
        if (Verdict() is { Failed: true } || _state.Guards.Any(guard => guard.Compared == 0 && guard.Observed == 0))
        {
            throw new InvalidOperationException("The candidate is not under judgement by all its guards.");
        }
    }

    /// <summary>The two guards of errors: the ceiling, and the ratio to stable.</summary>
    public static JudgedBlock OfErrors() => new(Strategies.Demo(Strategies.CleanHistory));

    /// <summary>The guard of latency, whose threshold is known.</summary>
    public static JudgedBlock OfLatency() => new(Strategies.Only(Strategies.LatencyGuard));

    /// <summary>The block added to the evidence, and what that says.</summary>
    public Judgement Verdict() => Judge.Assess(_settings, Judge.Observe(_settings, _state, _block, countsForPass: true), step: 0, lastStep: false);
}
