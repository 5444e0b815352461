using MlopsOperator.Api.Rollouts;
using MlopsOperator.Operator.Rollouts;
using MlopsOperator.Rollouts.Inputs;

namespace MlopsOperator.Operator.Tests.Rollouts;

public sealed class RolloutMemoryTests
{
    private static readonly RolloutRevision To = new() { Revision = "b", ModelVersion = "delays-v2" };

    private readonly RolloutMemory _memory = new();

    [Fact]
    public void Evidence_that_is_not_saved_yet_is_there_for_the_next_decision()
    {
        _memory.KeepSaved(At("10", "saved"), At("10", "saved").Status!);
        _memory.Keep(At("10", "saved"), At("10", "newer").Status!);

        _memory.Newest(At("10", "saved")).Status!.Message.Should().Be("newer");
    }

    [Fact]
    public void A_cache_behind_our_own_write_does_not_take_the_record_back()
    {
        _memory.KeepSaved(At("11", "saved"), At("11", "saved").Status!);

        var newest = _memory.Newest(At("9", "old"));

        newest.Status!.Message.Should().Be("saved");
        newest.Metadata.ResourceVersion.Should().Be("11");
    }

    [Fact]
    public void A_label_that_somebody_sets_on_the_record_makes_nothing_forgotten()
    {
        _memory.KeepSaved(At("10", "saved"), At("10", "saved").Status!);
        _memory.Keep(At("10", "saved"), At("10", "newer").Status!);

        var newest = _memory.Newest(At("12", "saved"));

        newest.Status!.Message.Should().Be("newer");
        newest.Metadata.ResourceVersion.Should().Be("12", "the next write must be made at the version that is there");
    }

    [Fact]
    public void A_status_that_is_not_what_we_saved_wins()
    {
        _memory.KeepSaved(At("10", "saved"), At("10", "saved").Status!);

        _memory.Newest(At("12", "landed though its answer was lost")).Status!.Message.Should().Be("landed though its answer was lost");
    }

    [Fact]
    public void Rounds_are_offered_until_a_decision_on_them_stands()
    {
        _memory.Offer("uid", [Round(1)]).Should().HaveCount(1);
        _memory.Offer("uid", [Round(2)]).Select(round => round.Round).Should().Equal(1, 2);

        _memory.Settle("uid");

        _memory.Offer("uid", [Round(3)]).Select(round => round.Round).Should().Equal(3);
    }

    [Fact]
    public void Results_of_golden_requests_are_handed_over_once()
    {
        var rollout = At("10", "saved");
        _memory.KeepSaved(rollout, rollout.Status!);
        _memory.KeepTests(rollout, [new Api.Rollouts.TestResult { Name = "golden", Passed = true }]);

        _memory.TakeTests(rollout).Should().HaveCount(1);
        _memory.TakeTests(rollout).Should().BeNull();
    }

    [Fact]
    public void Rollouts_that_are_no_more_are_forgotten_and_those_of_other_deployments_are_not()
    {
        _memory.KeepSaved(At("10", "saved"), At("10", "mine").Status!);

        _memory.Retain("prod/other", []);
        _memory.Newest(At("10", "saved")).Status!.Message.Should().Be("mine");

        _memory.Retain("prod/delays", []);
        _memory.Newest(At("10", "saved")).Status!.Message.Should().Be("saved");
    }

    private static ModelRollout At(string version, string message)
    {
        var rollout = Sample.Rollout(2, null, To, RolloutPhase.Progressing);
        rollout.Metadata.ResourceVersion = version;
        rollout.Status = rollout.Status! with { Message = message };
        return rollout;
    }

    private static EvidenceRound Round(long number) => new()
    {
        Round = number,
        From = Sample.Now,
        To = Sample.Now,
        Sequence = 1,
        Arms = new Dictionary<string, Statistics.Evidence.ArmBlock>(StringComparer.Ordinal),
    };
}
