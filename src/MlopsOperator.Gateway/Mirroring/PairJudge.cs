using MlopsOperator.Gateway.Comparing;

namespace MlopsOperator.Gateway.Mirroring;

/// <summary>Counts what the two answers to a request are to each other.</summary>
internal sealed class PairJudge(TimeProvider time)
{
    /// <summary>Judges a pair.</summary>
    public void Judge(MirrorCopy copy, PairSide candidate)
    {
        var (cells, stable) = (copy.Cells, copy.Stable!);
        if (stable.HasFailed || candidate.HasFailed)
        {
            cells.Compared(stable.HasFailed ? candidate.HasFailed ? PairResult.BothError : PairResult.StableError : PairResult.CandidateError);
            return;
        }

        cells.LatencyDifferences.Observe(candidate.Elapsed - stable.Elapsed);
        if (WhyNot(stable, candidate) is { } reason)
        {
            cells.Skipped(reason);
            return;
        }

        var comparison = stable.StatusClass != candidate.StatusClass
            ? Comparison.Of(PairResult.Schema)
            : AnswerComparer.Compare(stable.Answer, candidate.Answer, copy.Route.Plan.Mirror?.Compare ?? ComparePlan.ByDatatype);
        cells.Compared(comparison.Result);
        if (comparison.Result != PairResult.Schema)
        {
            foreach (var difference in comparison.Differences)
            {
                cells.Disagreements.Add(difference.Output);
            }
        }

        if (comparison.Differences.Count > 0 && cells.Samples.AreWanted)
        {
            cells.Samples.Add(new SampledPair(time.GetUtcNow(), MirrorReasons.Results[(int)comparison.Result], comparison.Differences));
        }
    }

    private static SkipReason? WhyNot(PairSide stable, PairSide candidate) =>
        stable.Answer.IsStream || candidate.Answer.IsStream ? SkipReason.Stream
        : stable.Body.IsTooLarge || candidate.Body.IsTooLarge ? SkipReason.TooLarge
        : stable.Body.IsOutOfMemory || candidate.Body.IsOutOfMemory ? SkipReason.MemoryFull
        : stable.IsEncoded || candidate.IsEncoded ? SkipReason.Encoded
        : null;
}
