using MlopsOperator.Api.Deployments;
using MlopsOperator.Api.Rollouts;
using MlopsOperator.Api.Strategies;
using MlopsOperator.Rollouts.Tests.Fixtures;

namespace MlopsOperator.Rollouts.Tests.Traces;

public sealed class BlueGreenTraceTests
{
    [Fact]
    public void PD_109_All_requests_move_in_one_change_of_the_route_to_pods_that_are_ready_and_the_old_ones_stay_for_the_bake()
    {
        var release = BlueGreen().RunUntil(RolloutPhase.Succeeded);

        release.Record.Reason.Should().Be(RolloutReasons.Proved);
        release.Writes.Should().Equal(
            "record Preparing prepare w=0",
            "b=3",
            "a=3",
            "route 7: stable=a:10000",
            "record Preparing test w=0 acknowledged",
            "record Progressing weight 100% w=10000 tests",
            "route 8: stable=a:0 candidate=b:10000",
            "record Progressing analyze w=10000 acknowledged",
            "record Progressing analyze w=10000",
            "record Promoting promote w=10000",
            "record Baking bake 2m w=10000 promoted",
            "route 9: stable=b:10000 candidate=a:0",
            "record Baking bake 2m w=10000 acknowledged",
            "record Retiring retire w=0",
            "route 10: stable=b:10000",
            "record Retiring retire w=0 acknowledged traffic-removed",
            "record Retiring retire w=0 drained",
            "a=0",
            "a=deleted",
            "record Succeeded retire w=0");
    }

    [Fact]
    public void A_candidate_that_fails_its_golden_requests_gets_no_request()
    {
        var release = BlueGreen().RunUntilStep("test");
        release.TestsFail("found NaN").RunUntil(RolloutPhase.RolledBack);

        release.Record.Reason.Should().Be(RolloutReasons.TestFailed);
        release.Writes.Should().NotContain(write => write.StartsWith("route", StringComparison.Ordinal) && write.Contains("candidate", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("analyze")]
    [InlineData("bake 2m")]
    public void A_candidate_that_fails_after_the_switch_gives_all_requests_back_in_one_change_of_the_route(string step)
    {
        var release = BlueGreen().RunUntilStep(step);
        release.Run(step is "analyze" ? 0 : 3, r => r.Traffic());
        release.Writes.Clear();

        release.RunUntil(RolloutPhase.RolledBack, r => r.Traffic(candidateErrorRate: 0.05));

        release.Record.Reason.Should().Be(RolloutReasons.Failed);
        release.Record.PromotedAt.Should().BeNull();
        release.Writes.First(write => write.StartsWith("route", StringComparison.Ordinal)).Should().EndWith(": stable=a:10000");
        release.Writes.Should().NotContain(write => write.StartsWith("a=", StringComparison.Ordinal), "the old pods were kept");
    }

    [Fact]
    public void What_is_worse_than_stables_history_bears_out_is_taken_back_though_it_is_under_the_ceiling()
    {
        // 0.1 % of stable's requests failed; the ceiling is 1 %.
        var release = BlueGreen().RunUntilStep("analyze");

        release.RunUntil(RolloutPhase.RolledBack, r => r.Traffic(candidateErrorRate: 0.006));

        release.Record.Message.Should().Contain("errors.ratio");
    }

    [Fact]
    public void A_candidate_as_good_as_stables_history_is_promoted_though_no_request_to_stable_is_left_to_compare_with()
    {
        BlueGreen().RunUntil(RolloutPhase.Succeeded, r => r.Traffic(candidateErrorRate: 0.001)).Record.Reason.Should().Be(RolloutReasons.Proved);
    }

    [Fact]
    public void Pods_that_are_not_all_ready_get_no_request()
    {
        var release = BlueGreen();
        release.Settle();
        release.CandidatePods(2).GatewaysConfirm().Settle();

        release.Record.Step.Name.Should().Be("prepare");
        release.Weight.Should().Be(0);
    }

    private static Release BlueGreen()
    {
        var strategy = Release.Canary() with { Canary = null, BlueGreen = new BlueGreenStrategy() };
        var release = Release.FromAToB(strategy: strategy);
        release.Spec = release.Spec with { Baseline = new BaselineEvidence { Revision = "a", Interval = "1s", Blocks = 600, Requests = 600_000, Errors = 600, ErrorSquares = 1200 } };
        return release;
    }
}
