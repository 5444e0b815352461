using MlopsOperator.Operator.Evidence.Blocks;
using MlopsOperator.Rollouts.Inputs;
using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Operator.Tests.Evidence.Blocks;

public sealed class RoundAssemblerTests
{
    [Fact]
    public void Blocks_of_gateways_with_the_same_sequence_are_added()
    {
        var round = Assemble(["g1", "g2"], ("g1", Block(5, 0, 10, ("a", 10, 1), ("b", 4, 0))), ("g2", Block(5, 1, 11, ("a", 20, 2)))).Should().ContainSingle().Subject;

        (round.Sequence, round.Complete, round.From, round.To).Should().Be((5L, true, Samples.Start, Samples.Start.AddSeconds(11)));
        (round.Arms["a"].Requests, round.Arms["a"].Errors, round.Arms["b"].Requests).Should().Be((30, 3, 4));
    }

    [Fact]
    public void Gateways_at_different_sequences_give_a_round_each_with_a_number_of_its_own_and_neither_is_whole()
    {
        var rounds = Assemble(["g1", "g2"], ("g1", Block(6, 0, 10, ("a", 1, 0))), ("g2", Block(5, 0, 10, ("a", 2, 0))));

        rounds.Select(round => (round.Sequence, round.Complete, round.Arms["a"].Requests)).Should().Equal((5L, false, 2), (6L, false, 1));
        rounds.Select(round => round.Round).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void A_ready_gateway_that_is_missing_makes_the_round_less_than_whole_and_one_that_is_not_ready_does_not()
    {
        Assemble(["g1", "g2"], ("g1", Block(5, 0, 10))).Single().Complete.Should().BeFalse();
        Assemble(["g1"], ("g1", Block(5, 0, 10)), ("draining", Block(5, 0, 10))).Single().Complete.Should().BeTrue();
    }

    [Fact]
    public void No_block_is_no_round() => Assemble(["g1"]).Should().BeEmpty();

    [Fact]
    public void Durations_that_one_gateway_does_not_know_are_not_known_of_the_sum()
    {
        var timed = new ArmBlock { Requests = 3, Durations = new double[LatencyHistogram.BucketCount] };
        GatewayBlock Of(ArmBlock arm) => new(Samples.Start, Samples.Start, 5, new Dictionary<string, ArmBlock>(StringComparer.Ordinal) { ["a"] = arm });

        Assemble([], ("g1", Of(timed)), ("g2", Of(new() { Requests = 1 }))).Single().Arms["a"].Durations.Should().BeEmpty();
        Assemble([], ("g1", Of(timed)), ("g2", Of(new()))).Single().Arms["a"].Durations.Should().HaveCount(LatencyHistogram.BucketCount);
        Assemble([], ("g1", Of(timed)), ("g2", Of(timed))).Single().Arms["a"].Durations.Should().HaveCount(LatencyHistogram.BucketCount);
    }

    private static GatewayBlock Block(long sequence, int from, int to, params (string Revision, double Requests, double Errors)[] arms) => new(
        Samples.Start.AddSeconds(from),
        Samples.Start.AddSeconds(to),
        sequence,
        arms.ToDictionary(arm => arm.Revision, arm => new ArmBlock { Requests = arm.Requests, Errors = arm.Errors }, StringComparer.Ordinal));

    private static IReadOnlyList<EvidenceRound> Assemble(string[] ready, params (string Gateway, GatewayBlock Block)[] blocks)
    {
        var number = 0L;
        return RoundAssembler.Assemble(blocks.ToDictionary(block => block.Gateway, block => block.Block, StringComparer.Ordinal), ready, () => ++number);
    }
}
