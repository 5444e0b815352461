using MlopsOperator.Gateway.Requests;

namespace MlopsOperator.Gateway.Comparing;

/// <summary>Collects what two answers differ in.</summary>
internal sealed class Findings
{
    private readonly List<Difference> differences = [];
    private bool otherSchema;
    private bool stableFailed;
    private bool candidateFailed;

    /// <summary>Whether the outputs as such differ, so that their values say nothing.</summary>
    public bool HasOtherSchema => otherSchema;

    /// <summary>An output differs at an element. Only the first of each output is kept. Names and values are an answer's own, and as long as it likes.</summary>
    public void Differs(string output, long index, string stable, string candidate)
    {
        var name = Quoted.Cut(output);
        if (differences.Count < Limits.DifferencesPerPair && !differences.Exists(known => string.Equals(known.Output, name, StringComparison.Ordinal)))
        {
            differences.Add(new Difference(name, index, SampleText.Of(stable.AsSpan()), SampleText.Of(candidate.AsSpan())));
        }
    }

    /// <summary>Names, datatypes or shapes differ.</summary>
    public void DiffersInSchema(string output, string stable, string candidate)
    {
        otherSchema = true;
        Differs(output, -1, stable, candidate);
    }

    /// <summary>A value that is no number stands where the other side has one: that is an error before it is a difference.</summary>
    public void NotANumber(string output, long index, (string Stable, string Candidate) values, bool isCandidates)
    {
        stableFailed |= !isCandidates;
        candidateFailed |= isCandidates;
        Differs(output, index, values.Stable, values.Candidate);
    }

    /// <summary>What they add up to.</summary>
    public Comparison Conclude() => (otherSchema, stableFailed, candidateFailed) switch
    {
        (true, _, _) => new Comparison(PairResult.Schema, differences),
        (_, true, true) => new Comparison(PairResult.BothError, differences),
        (_, true, _) => new Comparison(PairResult.StableError, differences),
        (_, _, true) => new Comparison(PairResult.CandidateError, differences),
        _ => differences.Count > 0 ? new Comparison(PairResult.Disagree, differences) : Comparison.Agreed,
    };
}
