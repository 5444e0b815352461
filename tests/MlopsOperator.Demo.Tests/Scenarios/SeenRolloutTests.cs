using MlopsOperator.Api.Rollouts;
using MlopsOperator.Demo.Scenarios;
using MlopsOperator.Demo.Traffic;

namespace MlopsOperator.Demo.Tests.Scenarios;

public sealed class SeenRolloutTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Weights_are_told_once_each_from_the_first_share_of_traffic_to_the_flip()
    {
        var seen = Look(Weight(0), Weight(1000), Weight(1000), Weight(5000), Weight(10_000), Weight(0) with { PromotedAt = Start }, Weight(10_000) with { PromotedAt = Start });

        seen.Summarize().Weights.Should().Equal(1000, 5000, 10_000);
    }

    [Fact]
    public void A_rollback_ends_with_zero() => Look(new ModelRolloutStatus(), Weight(0), Weight(1000), Weight(0), Weight(0)).Summarize().Weights.Should().Equal(1000, 0);

    [Fact]
    public void A_first_version_has_no_weights() => Look(from: null, Weight(10_000)).Summarize().Weights.Should().BeEmpty();

    [Fact]
    public void Answers_of_the_candidate_count_from_the_first_look_to_the_last()
    {
        var seen = new SeenRollout();
        seen.Look(Rollout("v1", Weight(0)), Counts(100, 7));
        seen.Look(Rollout("v1", Weight(1000)), Counts(130, 9));

        seen.Summarize().Should().BeEquivalentTo(new { Requests = 30L, Errors = 2L });
    }

    [Fact]
    public void The_summary_is_what_the_record_says()
    {
        var end = Weight(0) with { Phase = RolloutPhase.RolledBack, Reason = RolloutReasons.Failed, Message = "why", StartedAt = Start, FinishedAt = Start.AddSeconds(4.25) };

        Look(Weight(0), end).Summarize().Should().BeEquivalentTo(
            new { Name = "delays-3", From = "v1", To = "v2", Phase = "RolledBack", Outcome = "Failed", Reason = "why", DurationSeconds = 4.25 });
    }

    [Fact]
    public void A_rollout_that_has_not_ended_has_no_duration() => Look(Weight(0) with { StartedAt = Start }).Summarize().DurationSeconds.Should().Be(0);

    private static ModelRolloutStatus Weight(int candidate) => new() { Weights = new RolloutWeights { Stable = 10_000 - candidate, Candidate = candidate } };

    private static Dictionary<string, AnswerCount> Counts(long requests, long errors) => new(StringComparer.Ordinal) { ["v1"] = new(1, 1), ["v2"] = new(requests, errors) };

    private static SeenRollout Look(params ModelRolloutStatus[] statuses) => Look("v1", statuses);

    private static SeenRollout Look(string? from, params ModelRolloutStatus[] statuses)
    {
        var seen = new SeenRollout();
        foreach (var status in statuses)
        {
            seen.Look(Rollout(from, status), Counts(0, 0));
        }

        return seen;
    }

    private static ModelRollout Rollout(string? from, ModelRolloutStatus status) => new()
    {
        Metadata = new() { Name = "delays-3" },
        Spec = new ModelRolloutSpec
        {
            Number = 3,
            From = from is null ? null : new RolloutRevision { Revision = "a", ModelVersion = from },
            To = new RolloutRevision { Revision = "b", ModelVersion = "v2" },
        },
        Status = status,
    };
}
