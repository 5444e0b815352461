using MlopsOperator.Api.Deployments;
using MlopsOperator.Operator.Evidence.Blocks;
using MlopsOperator.Rollouts.Inputs;
using MlopsOperator.Statistics.Evidence;

namespace MlopsOperator.Operator.Tests.Evidence.Blocks;

public sealed class BaselineAccumulatorTests
{
    private static readonly BaselineAccumulator Empty = new(TimeSpan.FromSeconds(10));

    [Fact]
    public void Blocks_of_a_revision_that_serves_alone_are_its_history() =>
        Empty.Plus(Round(("a", 100, 2))).Plus(Round(("a", 50, 4), ("b", 0, 0))).Of("a").Should().BeEquivalentTo(
            new BaselineEvidence { Revision = "a", Interval = "10s", Blocks = 2, Requests = 150, Errors = 6, ErrorSquares = 20 });

    [Fact]
    public void Rounds_that_say_nothing_of_a_whole_block_of_one_revision_change_nothing()
    {
        Empty.Plus(Round(("a", 100, 2), ("b", 1, 0))).Should().BeSameAs(Empty, "two revisions served");
        Empty.Plus(Round(("a", 0, 0))).Should().BeSameAs(Empty, "a block without requests shows no clumps");
        Empty.Plus(Round(("a", 100, 2)) with { Complete = false }).Should().BeSameAs(Empty, "a gateway is missing");
        Empty.Plus(Round(("a", 100, 2)) with { To = Samples.Start.AddSeconds(20) }).Should().BeSameAs(Empty, "a scrape was missed, so that it is two blocks in one");
    }

    [Fact]
    public void A_saved_history_at_this_interval_goes_on_and_a_shorter_or_other_one_does_not_count()
    {
        var saved = new BaselineEvidence { Revision = "a", Interval = "10s", Blocks = 60, Requests = 6000, Errors = 3, ErrorSquares = 3 };

        var going = Empty.Plus(Round(("a", 100, 0))).Seeded(saved).Plus(Round(("a", 100, 1)));

        going.Of("a").Should().BeEquivalentTo(saved with { Blocks = 61, Requests = 6100, Errors = 4, ErrorSquares = 4 });
        going.Seeded(saved).Should().BeSameAs(going, "a reconcile that saw the older one does not take it back");
        Empty.Seeded(saved with { Interval = "5s" }).Of("a").Should().BeNull();
        Empty.Seeded(new()).Should().BeSameAs(Empty);
    }

    [Fact]
    public void Only_the_last_few_revisions_are_kept()
    {
        var many = Enumerable.Range(0, 9).Aggregate(Empty, (before, number) => before.Plus(Round((((char)('a' + number)).ToString(), 1, 0))));

        many.Of("a").Should().BeNull();
        many.Of("f").Should().NotBeNull();
        many.Of("i").Should().NotBeNull();
    }

    private static EvidenceRound Round(params (string Revision, double Requests, double Errors)[] arms) => new()
    {
        Round = 1,
        From = Samples.Start,
        To = Samples.Start.AddSeconds(10.02),
        Sequence = 1,
        Complete = true,
        Arms = arms.ToDictionary(arm => arm.Revision, arm => new ArmBlock { Requests = arm.Requests, Errors = arm.Errors }, StringComparer.Ordinal),
    };
}
