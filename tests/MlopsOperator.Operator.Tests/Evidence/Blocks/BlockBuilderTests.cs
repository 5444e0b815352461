using CsCheck;
using MlopsOperator.Operator.Evidence.Blocks;
using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Operator.Tests.Evidence.Blocks;

public sealed class BlockBuilderTests
{
    private static readonly RouteSample Earlier = Samples.Of(new GatewayText().Sequence(5).Requests("a", "200", 100).Requests("b", "200", 10));

    [Fact]
    public void A_block_is_the_difference_of_two_scrapes()
    {
        var later = Samples.Of(
            new GatewayText().Sequence(5)
                .Requests("a", "200", 190).Requests("a", "404", 2).Requests("a", "503", 1).Requests("a", "cancelled", 7)
                .Requests("b", "200", 15).Requests("b", "broken", 2).Requests("b", "malformed", 3),
            10);

        var (block, reason) = BlockBuilder.Build(Earlier, later);

        reason.Should().BeNull();
        (block!.From, block.To, block.Sequence).Should().Be((Samples.Start, Samples.Start.AddSeconds(10.01), 5L));
        (block.Arms["a"].Requests, block.Arms["a"].Errors).Should().Be((93, 1));
        (block.Arms["b"].Requests, block.Arms["b"].Errors).Should().Be((7, 2), "what clients broke off or malformed is neither request nor error");
    }

    [Fact]
    public void Durations_are_differences_by_bucket()
    {
        var (block, _) = BlockBuilder.Build(
            Samples.Of(new GatewayText().Sequence(5).Durations("a", 10, 4)),
            Samples.Of(new GatewayText().Sequence(5).Durations("a", 10, 9)));

        block!.Arms["a"].Durations.Should().HaveCount(LatencyHistogram.BucketCount);
        block.Arms["a"].Durations[10].Should().Be(5);
        block.Arms["a"].Durations.Sum().Should().Be(5);
    }

    [Fact]
    public void Nothing_happened_is_a_block_of_zeros() => BlockBuilder.Build(Earlier, Earlier).Block!.Arms["a"].Requests.Should().Be(0);

    [Fact]
    public void The_first_scrape_is_a_baseline_however_much_was_counted_before() => BlockBuilder.Build(null, Earlier).Should().Be((null, DropReasons.FirstScrape));

    [Fact]
    public void A_restart_is_seen_by_the_start_even_where_counters_are_higher() =>
        Build(new GatewayText("start-2").Sequence(5).Requests("a", "200", 500).Requests("b", "200", 500)).Should().Be(DropReasons.Reset);

    [Fact]
    public void A_counter_that_fell_drops_all_arms() =>
        Build(new GatewayText().Sequence(5).Requests("a", "200", 150).Requests("b", "200", 9)).Should().Be(DropReasons.Reset);

    [Fact]
    public void A_counter_that_vanished_drops_all_arms() => Build(new GatewayText().Sequence(5).Requests("a", "200", 150)).Should().Be(DropReasons.Reset);

    [Fact]
    public void A_counter_that_is_not_a_number_is_no_count_and_no_baseline_either()
    {
        var invalid = Samples.Of(new GatewayText().Sequence(5).Requests("a", "200", double.NaN).Requests("b", "200", 10));

        BlockBuilder.Build(Earlier, invalid).Reason.Should().Be(DropReasons.InvalidCounter);
        BlockBuilder.Build(invalid, Earlier).Reason.Should().Be(DropReasons.Reset);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(4)]
    public void PD_29_A_block_that_straddles_a_change_of_the_route_is_dropped(int sequence) =>
        Build(new GatewayText().Sequence(sequence).Requests("a", "200", 150).Requests("b", "200", 10)).Should().Be(DropReasons.SequenceChanged);

    [Fact]
    public void A_gateway_that_does_not_know_the_route_gives_no_block()
    {
        var unknown = Samples.Of(new GatewayText());

        BlockBuilder.Build(unknown, unknown).Reason.Should().Be(DropReasons.NoSequence);
        BlockBuilder.Build(unknown, Earlier).Reason.Should().Be(DropReasons.NoSequence);
    }

    [Fact]
    public void An_unknown_outcome_is_named_before_anything_else() =>
        BlockBuilder.Build(null, Samples.Of(new GatewayText().Requests("a", "exploded", 1))).Reason.Should().Be(DropReasons.UnknownOutcome);

    [Fact]
    public void Blocks_add_up_to_what_was_counted_between_the_scrapes_that_were_not_missed() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 5], Gen.Bool).Array[1, 30].Sample(rounds =>
        {
            var (good, bad, sum) = (0.0, 0.0, (Requests: 0.0, Errors: 0.0));
            var previous = Samples.Of(new GatewayText().Sequence(1));
            var lastScraped = (Good: 0.0, Bad: 0.0);
            foreach (var (goods, bads, missed) in rounds)
            {
                (good, bad) = (good + goods, bad + bads);
                if (missed)
                {
                    continue;
                }

                var current = Samples.Of(new GatewayText().Sequence(1).Requests("a", "200", good).Requests("a", "500", bad));
                var arm = BlockBuilder.Build(previous, current).Block!.Arms["a"];
                (sum.Requests, sum.Errors, previous, lastScraped) = (sum.Requests + arm.Requests, sum.Errors + arm.Errors, current, (good, bad));
            }

            return sum == (lastScraped.Good + lastScraped.Bad, lastScraped.Bad);
        });

    private static string? Build(GatewayText text) => BlockBuilder.Build(Earlier, Samples.Of(text, 10)).Reason;
}
