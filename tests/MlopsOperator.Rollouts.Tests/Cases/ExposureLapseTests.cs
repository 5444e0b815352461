using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Rollouts.Record;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Cases;

/// <summary>Time in which gateways gave the candidate nothing, as nobody judged it.</summary>
public sealed class ExposureLapseTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_lapse_is_no_waiting_time()
    {
        var release = Leased();
        Scraped(release.After(TimeSpan.FromSeconds(110)), lapse: 55).Settle();
        release.Record.Step.Name.Should().Be("wait 1m");
        release.Record.Step.LapsedSeconds.Should().Be(55);
        release.Record.Step.WaitingFor.Should().Contain("without the 55s in which delays-b had no requests");

        Scraped(release.After(TimeSpan.FromSeconds(4.9))).Settle();
        release.Record.Step.Name.Should().Be("wait 1m");
        Scraped(release.After(TimeSpan.FromSeconds(0.1))).Settle();
        release.Record.Step.Name.Should().Be("analyze");
    }

    [Fact]
    public void Gateways_lapse_side_by_side_and_a_report_counts_once()
    {
        var release = Leased();
        Scraped(release.After(TimeSpan.FromSeconds(90)), lapse: 30);
        release.Gateways[1] = release.Gateways[1] with { Lapse = TimeSpan.FromSeconds(20) };
        release.Decide().Lapsed.Should().Be(TimeSpan.FromSeconds(30));
        release.Decide().Lapsed.Should().Be(TimeSpan.Zero);
        release.Record.Step.LapsedSeconds.Should().Be(30);
    }

    [Fact]
    public void What_lapsed_before_the_weight_was_confirmed_or_without_a_lease_is_none_of_its_time()
    {
        var release = Leased();
        Scraped(release.After(TimeSpan.FromSeconds(10)), lapse: 3600).Settle();
        release.Record.Step.LapsedSeconds.Should().Be(10);

        var without = Release.FromAToB().RunUntilWeight(1000);
        Scraped(without.After(TimeSpan.FromSeconds(10)), lapse: 5).Settle();
        without.Record.Step.LapsedSeconds.Should().BeNull();
    }

    [Fact]
    public void A_new_weight_begins_without_lapses()
    {
        var release = Leased();
        Scraped(release.After(TimeSpan.FromSeconds(70)), lapse: 30).Settle();
        release.Gateways = [.. release.Gateways.Select(gateway => gateway with { Lapse = TimeSpan.Zero })];
        release.RunUntilWeight(5000);
        release.Record.Step.LapsedSeconds.Should().BeNull();
    }

    [Fact]
    public void A_wait_is_not_over_while_a_ready_gateway_is_not_scraped()
    {
        var release = Leased();
        Without(release, TimeSpan.FromMinutes(5), 1);
        release.Record.Step.Name.Should().Be("wait 1m");
        release.Record.Step.WaitingFor.Should().Contain("gateway gw-2 to be scraped");
        release.Record.Clocks.LapsedSince.Should().NotBeNull();
        Told(release).Should().ContainSingle().Which.Detail.Should().Be("gw-2 has not been scraped for 1m: it gives delays-b no requests until it is.");

        // The answer to the scrape that ended the lapse was lost: the next one tells of no lapse.
        Scraped(release).Settle();
        release.Record.Step.LapsedSeconds.Should().BeGreaterThanOrEqualTo(210).And.BeLessThanOrEqualTo(240);
        release.Record.Clocks.LapsedSince.Should().BeNull();
        Scraped(release.After(TimeSpan.FromSeconds(60))).Settle();
        release.Record.Step.Name.Should().Be("analyze");
    }

    [Fact]
    public void A_start_of_the_operator_ends_no_wait_before_gateways_have_said_whether_they_lapsed()
    {
        var release = Leased();
        release.Gateways = [.. release.Gateways.Select(gateway => gateway with { ScrapedAt = null, Sequence = null })];
        release.After(TimeSpan.FromMinutes(10)).JudgingSince = release.Now;
        release.Settle();
        release.Record.Step.Name.Should().Be("wait 1m");
        Scraped(release.After(TimeSpan.FromSeconds(1)), lapse: 540).Settle();
        release.Record.Step.Name.Should().Be("analyze", "it had a minute in sum");
    }

    [Fact]
    public void Lapses_that_come_again_and_again_are_told_every_ten_minutes_at_most()
    {
        var release = Leased();
        for (var minute = 0; minute < 25; minute++)
        {
            Scraped(release.After(TimeSpan.FromSeconds(60)), lapse: 59.5).Settle();
        }

        Told(release).Should().HaveCount(3);
        release.Record.Step.LapsedSeconds.Should().BeApproximately(25 * 59.5, 1);
    }

    [Fact]
    public void A_blink_is_counted_and_not_told()
    {
        var release = Leased();
        Scraped(release.After(TimeSpan.FromSeconds(10)), lapse: 1).Settle();
        release.Record.Step.LapsedSeconds.Should().Be(1);
        Told(release).Should().BeEmpty();
    }

    [Theory]
    [InlineData(UnknownAction.Hold)]
    [InlineData(UnknownAction.RollBack)]
    public void Evidence_that_a_lapse_kept_away_is_not_charged_to_the_candidate(UnknownAction then)
    {
        var release = Leased(then).RunUntilStep("analyze");
        Without(release, TimeSpan.FromMinutes(30), 0, 1);
        release.Record.Phase.Should().Be(RolloutPhase.Progressing);
        release.HasHold(RolloutReasons.EvidenceMissingHold).Should().BeFalse();
        release.Weight.Should().Be(1000);

        // The first scrape after it: stable had all requests, and its errors of half an hour are no clump.
        Scraped(release, lapse: 1740).Block(0, 0, 1_800_000, 900);
        release.Evidence[^1] = release.Evidence[^1] with { From = release.Now.AddMinutes(-30) };
        release.Settle();
        release.Record.Phase.Should().Be(RolloutPhase.Progressing);
        release.Record.Verdicts!.Should().NotContain(verdict => verdict.State == VerdictState.Fail);
        release.RunUntil(RolloutPhase.Succeeded);
    }

    [Theory]
    [InlineData(UnknownAction.Hold, RolloutPhase.Progressing)]
    [InlineData(UnknownAction.RollBack, RolloutPhase.RollingBack)]
    public void A_candidate_that_gets_no_requests_without_a_lapse_is_dealt_with_as_the_strategy_says(UnknownAction then, RolloutPhase phase)
    {
        var release = Leased(then);
        release.RunUntil(one => one.Record.Phase != RolloutPhase.Progressing || one.HasHold(RolloutReasons.EvidenceMissingHold), one => one.Block(0, 0, 1000, 1));
        release.Record.Phase.Should().Be(phase);
    }

    [Fact]
    public void A_failure_that_was_seen_before_a_lapse_takes_back_during_it()
    {
        var release = Leased();
        release.Gateways = [.. release.Gateways.Select(gateway => gateway with { ScrapedAt = release.Now.AddMinutes(-2) })];
        release.Block(100, 100, 900, 0).Settle();
        release.Record.Phase.Should().Be(RolloutPhase.RollingBack);
        release.Record.Clocks.LapsedSince.Should().BeNull("what is taken back is not exposed");
    }

    private static Release Leased(UnknownAction then = UnknownAction.Hold)
    {
        var strategy = Release.Canary();
        strategy = strategy with { Analysis = strategy.Analysis! with { Unknown = new UnknownPolicy { After = "5m", Then = then } } };
        var release = Release.FromAToB(strategy: strategy);
        release.Intent = release.Intent with { ExposureLease = Lease };
        return release.RunUntilWeight(1000);
    }

    private static Release Scraped(Release release, double lapse = 0)
    {
        release.GatewaysConfirm();
        release.Gateways = [.. release.Gateways.Select(gateway => gateway with { Lapse = TimeSpan.FromSeconds(lapse) })];
        return release;
    }

    /// <summary>Time passes in which some gateways are not scraped; the others are, every half minute.</summary>
    private static void Without(Release release, TimeSpan time, params int[] gateway)
    {
        for (var end = release.Now + time; release.Now < end;)
        {
            release.After(TimeSpan.FromSeconds(30));
            release.Gateways = [.. release.Gateways.Select((one, index) => gateway.Contains(index) ? one : one with { ScrapedAt = release.Now })];
            release.Decide();
        }
    }

    private static IEnumerable<HistoryEntry> Told(Release release) =>
        release.Record.History!.Where(entry => string.Equals(entry.Event, EventReasons.ExposureLapsed, StringComparison.Ordinal));
}
