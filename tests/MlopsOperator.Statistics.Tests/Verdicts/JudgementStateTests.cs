using System.Text.Json;
using CsCheck;
using MlopsOperator.Statistics.Evidence;
using MlopsOperator.Statistics.Verdicts;

namespace MlopsOperator.Statistics.Tests.Verdicts;

public sealed class JudgementStateTests
{
    private static readonly JudgeSettings Settings = new()
    {
        Guards = [.. Strategies.Demo().Guards, Strategies.LatencyGuard],
        StepTolerances = Tolerances.ForWeights(1.5, [100, 1000, 5000]),
    };

    private static readonly Gen<ArmBlock> ValidArm =
        from requests in Gen.OneOf(Gen.Int[0, 50].Select(count => (double)count), Gen.Const(Counts.Largest), Gen.Double[0, 1e6])
        from share in Gen.OneOf(Gen.Const(0.0), Gen.Const(1.0), Gen.Double[0, 1])
        from timed in Gen.Bool
        from bucket in Gen.Int[0, LatencyHistogram.EdgeCount]
        select new ArmBlock { Requests = requests, Errors = Math.Min(requests, Math.Floor(requests * share)), Durations = timed ? In(bucket, requests) : [] };

    private static readonly Gen<EvidenceBlock> ValidBlock = Gen.Select(ValidArm, ValidArm, (candidate, stable) => new EvidenceBlock { Candidate = candidate, Stable = stable });

    private static readonly Gen<EvidenceBlock> InvalidBlock =
        from good in ValidArm
        from bad in Gen.OneOf([.. new ArmBlock[]
        {
            new() { Requests = double.NaN },
            new ArmBlock { Requests = 1, Errors = double.NaN },
            new ArmBlock { Requests = -1 },
            new ArmBlock { Requests = 1, Errors = 2 },
            new ArmBlock { Requests = 1, Errors = -1 },
            new ArmBlock { Requests = double.PositiveInfinity },
            new ArmBlock { Requests = 1e300 },
            new ArmBlock { Requests = 1, Durations = [1] },
            new ArmBlock { Requests = 1, Durations = In(3, double.NaN) },
            new ArmBlock { Requests = 1, Durations = In(3, -1) },
        }.Select(arm => Gen.Const(arm))])
        from first in Gen.Bool
        select first ? new EvidenceBlock { Candidate = bad, Stable = good } : new EvidenceBlock { Candidate = good, Stable = bad };

    // A history of blocks, each acknowledged or not, with weight changes between.
    private static readonly Gen<JudgementState> State =
        Gen.Select(ValidBlock, Gen.Bool, Gen.Int[0, 9]).Array[0, 80].Select(blocks => blocks.Aggregate(
            Judge.Begin(Settings),
            (state, next) => Judge.Observe(Settings, next.Item3 == 0 ? Judge.WeightChanged(state) : state, next.Item1, next.Item2)));

    [Fact]
    public void A_state_reads_back_to_itself() => State.Sample(state =>
    {
        var text = Text(state);
        var read = Read(Text(state));

        return string.Equals(Text(read), text, StringComparison.Ordinal)
            && Same(Judge.Observe(Settings, read, Blocks.Of(7, 1, 5, 2), true), Judge.Observe(Settings, state, Blocks.Of(7, 1, 5, 2), true));
    });

    [Fact]
    public void No_wealth_is_ever_not_a_number() => State.Sample(state =>
    {
        var verdicts = Enumerable.Range(-1, 6).SelectMany(step => Judge.Assess(Settings, state, step, step == 2).Verdicts).ToArray();
        return verdicts.All(verdict => !double.IsNaN(verdict.LogFail) && !double.IsNaN(verdict.LogPass) && verdict.Candidate is null or (>= 0 and <= 1))
            && verdicts.All(verdict => verdict.BlocksToGo is null or >= 1);
    });

    [Fact]
    public void A_block_that_makes_no_sense_changes_nothing_but_a_counter() => Gen.Select(State, InvalidBlock, Gen.Bool).Sample((state, block, counts) =>
        Same(Judge.Observe(Settings, state, block, counts), state with { InvalidBlocks = state.InvalidBlocks + 1 })
        && Judge.Assess(Settings, Judge.Observe(Settings, state, block, counts), 0, false).Verdicts
            .All(verdict => verdict.State == Verdict.Fail || verdict.Reason is VerdictReasons.InvalidData));

    [Fact]
    public void A_failed_state_never_recovers() => Gen.Select(State, ValidBlock).Sample((state, block) =>
        state.FailedGuard is null || Judge.Observe(Settings, state, block, true).FailedGuard!.Equals(state.FailedGuard, StringComparison.Ordinal));

    [Fact]
    public void A_state_is_small() => State.Sample(state => Text(state).Length < 16_000, iter: 20);

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"guards":null,"candidateOutage":null,"stableOutage":null}""")]
    [InlineData("""{"guards":[null,{"name":null,"fail":null,"passes":null,"candidate":null,"reference":{"durations":null}}]}""")]
    [InlineData("""{"guards":[{"name":"errors.ratio","kind":"ErrorRatio","passes":[null,null,null],"floorFail":{}}]}""")]
    [InlineData("""{"guards":[{"name":"errors.ratio","kind":"Latency"}]}""")]
    [InlineData("""{"guards":[{"name":"errors.ratio","kind":"ErrorRatio","passes":[{},{},{}],"floorFail":{"stakes":[1,2]}}]}""")]
    [InlineData("""{"guards":[{"name":"errors.ceiling","kind":"ErrorCeiling","fail":{"stakes":[-5,0,0,0,0,0,0]}}],"candidateOutage":[1]}""")]
    [InlineData("""{"guards":[{"name":"errors.ceiling","kind":"ErrorCeiling","candidate":{"blocks":0,"requests":1,"errors":5,"errorSquares":0}}]}""")]
    [InlineData("""{"guards":[{"name":"latency","kind":"Latency","slowAbove":900}]}""")]
    public void Guards_that_do_not_fit_the_settings_begin_anew(string json)
    {
        var read = Read(json);
        var block = Blocks.Of(10, 1, 90, 2);

        Text(Judge.Observe(Settings, read, block, true)).Should().Be(Text(Judge.Observe(Settings, Judge.Begin(Settings), block, true)));
        Text(Judge.Observe(Settings, Judge.WeightChanged(read), block, true)).Should().Be(Text(Judge.Observe(Settings, Judge.Begin(Settings), block, true)));
        Judge.Assess(Settings, read, 0, true).Verdicts.Should().OnlyContain(verdict => verdict.Reason.Equals(VerdictReasons.NoTraffic, StringComparison.Ordinal));
    }

    private static string Text(JudgementState state) => JsonSerializer.Serialize(state, JudgementStateJson.Default.JudgementState);

    private static JudgementState Read(string json) => JsonSerializer.Deserialize(json, JudgementStateJson.Default.JudgementState)!;

    private static bool Same(JudgementState one, JudgementState other) => string.Equals(Text(one), Text(other), StringComparison.Ordinal);

    private static double[] In(int bucket, double count)
    {
        var durations = new double[LatencyHistogram.BucketCount];
        durations[bucket] = count;
        return durations;
    }
}
