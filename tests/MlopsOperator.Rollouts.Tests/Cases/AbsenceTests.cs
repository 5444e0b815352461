using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Cases;

/// <summary>An operator that was away, a save that failed, a record that was outrun.</summary>
public sealed class AbsenceTests
{
    [Fact]
    public void Evidence_that_is_handed_over_again_counts_once()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Block(100, 1, 900, 1).Block(100, 0, 900, 1);
        var handed = release.Evidence.ToList();
        release.Decide();
        var before = release.Record.Evidence!.ToJsonString();

        release.Evidence.AddRange(handed);
        release.Decide();

        release.Record.Evidence!.ToJsonString().Should().Be(before);
    }

    [Fact]
    public void Rounds_of_one_scrape_with_different_sequences_each_count_once()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Block(100, 1, 900, 1);
        var first = release.Evidence[0];
        var second = first with { Sequence = first.Sequence - 1, Round = first.Round + 1 };
        release.Decide();
        var one = release.Record.Evidence!.ToJsonString();

        release.Evidence.AddRange([first, second]);
        release.Decide();
        var both = release.Record.Evidence!.ToJsonString();
        release.Evidence.AddRange([first, second]);
        release.Decide();

        both.Should().NotBe(one, "the other sequence had not been counted");
        release.Record.Evidence!.ToJsonString().Should().Be(both);
    }

    [Fact]
    public void A_clock_that_is_set_back_blinds_no_guard()
    {
        var release = Release.FromAToB(replicas: 4, Release.Canary("25%")).RunUntilWeight(2500);
        release.Traffic().Decide();

        release.After(TimeSpan.FromMinutes(-10)).Block(250, 250, 750, 1).Decide();

        release.Record.Phase.Should().Be(RolloutPhase.RollingBack);
    }

    [Fact]
    public void A_bake_that_nobody_watched_is_not_over()
    {
        var release = Release.FromAToB().RunUntil(RolloutPhase.Baking).PodsFollow().GatewaysConfirm();

        release.After(TimeSpan.FromHours(1)).GatewaysConfirm().Settle();

        release.Record.Phase.Should().Be(RolloutPhase.Baking);
        release.Record.Step.WaitingFor.Should().Contain("a scrape since the promotion");
        release.Block(0, 0, 0, 0).Settle();
        release.Record.Phase.Should().NotBe(RolloutPhase.Baking, "a quiet model is watched too");
    }

    [Fact]
    public void Errors_that_the_first_scrape_after_an_absence_finds_in_the_bake_take_back()
    {
        var release = Release.FromAToB().RunUntil(RolloutPhase.Baking);

        release.After(TimeSpan.FromHours(1)).Block(1000, 1000, 0, 0).Decide();

        release.Record.Phase.Should().Be(RolloutPhase.RollingBack);
    }

    [Fact]
    public void An_operator_that_was_away_longer_than_the_deadline_looks_before_it_takes_back()
    {
        var release = Release.FromAToB().Settle();

        release.After(TimeSpan.FromHours(1)).Settle();

        release.Record.Phase.Should().Be(RolloutPhase.Preparing);
        release.Record.Clocks.DeadlineUsedSeconds.Should().BeLessThanOrEqualTo(60);
    }

    [Fact]
    public void An_operator_that_was_away_longer_than_evidence_may_miss_looks_before_it_takes_back()
    {
        var strategy = Release.Canary("25%");
        strategy = strategy with { Analysis = strategy.Analysis! with { Unknown = new UnknownPolicy { After = "5m", Then = UnknownAction.RollBack } } };
        var release = Release.FromAToB(replicas: 4, strategy).RunUntilWeight(2500);
        release.Run(100);

        release.After(TimeSpan.FromHours(1)).GatewaysConfirm().Decide();

        release.Record.Phase.Should().Be(RolloutPhase.Progressing);
        release.RunUntil(RolloutPhase.RollingBack, r => r.After(TimeSpan.FromSeconds(1)), seconds: 400);
    }

    [Fact]
    public void Rounds_of_an_old_sequence_are_no_sign_of_life()
    {
        var strategy = Release.Canary("25%");
        strategy = strategy with { Analysis = strategy.Analysis! with { Advance = AdvanceMode.NotFailed } };
        var release = Release.FromAToB(replicas: 4, strategy).RunUntilWeight(2500);
        release.Run(20, r => r.Block(1, 0, 3, 0));

        release.Run(600, r => r.Block(1, 0, 3, 0, sequence: r.Record.Sequence - 1));

        release.Weight.Should().Be(2500);
        release.Record.PromotedAt.Should().BeNull();
    }

    [Fact]
    public void Golden_requests_that_are_not_known_are_not_passed()
    {
        var release = Release.FromAToB();
        release.Candidate = release.Candidate with { ContentKnown = false, GoldenTests = 0 };

        release.Settle().PodsFollow().Settle();

        release.Record.Step.Name.Should().Be("test");
        release.Record.Step.WaitingFor.Should().Contain("the ControllerRevision of delays-b is missing");
        release.Candidate = release.Candidate with { ContentKnown = true };
        release.Settle();
        release.Record.Step.Name.Should().NotBe("test");
    }

    [Fact]
    public void A_record_that_a_deleted_newer_rollout_has_outrun_writes_above_it_once()
    {
        var release = Release.FromAToB().RunUntilWeight(1000);
        release.Intent = release.Intent with { WantedRevision = "c" };
        release.Settle();
        release.Record.Phase.Should().Be(RolloutPhase.RollingBack);

        release.RouteSequence = release.Record.Sequence + 5;
        release.Settle();

        release.Wanted.Route!.Sequence.Should().Be(release.RouteSequence + 1);
        release.RouteSequence = release.Record.Sequence;
        release.Settle().Record.Sequence.Should().Be(release.RouteSequence);
    }
}
